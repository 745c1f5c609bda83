# What parks and sites are for, and what firms work in.
focus-main      focuses_on 0.75 {S:Park,Facility} ..14 [重点发展|聚焦|围绕|大力发展|着力发展|重点培育|重点打造|重点布局|主攻|专注|专注于|致力于|瞄准|定位于|定位为|加快发展|优先发展|锚定|深耕|培育壮大|发展壮大|集聚了|集聚] ..10 {O+:Sector}
focus-carried   focuses_on 0.60 {S~:Park,Facility} [重点发展|聚焦|围绕|大力发展|着力发展|重点培育|重点打造|重点布局|主攻|专注于|致力于|瞄准|加快发展|优先发展|锚定|主要从事|建设内容|将发展|将开展] ..10 {O+:Sector}
focus-lead      focuses_on 0.75 {S:Park,Facility} ,,16 [以] ..6 {O+:Sector} ..12 [为主导|为主|为主导产业|主导产业|为主题|为核心|为代表|为重点|为支柱|为主线|为特色|为龙头|产业为主|为首位产业|为方向]
focus-lead-carried focuses_on 0.60 {S~:Park,Facility} [以] ..6 {O+:Sector} ..12 [为主导|为主|为主导产业|主导产业|为主题|为核心|为代表|为重点|为支柱|为主线|为特色|为龙头|为首位产业]
focus-leading   focuses_on 0.70 {O+:Sector} ..8 {S:Park} [主导产业|支柱产业|特色产业|优势产业]
focus-leading-is focuses_on 0.75 {S:Park} ..6 [主导产业为|主导产业是|主导产业|支柱产业|特色产业|首位产业] ..8 {O+:Sector}
focus-clusters  focuses_on 0.65 {S:Park} ..14 [形成|打造|构建|培育|建成|集聚] ..10 {O+:Sector} ..16 [产业集群|集群|产业体系|产业链|产业生态|集聚区|产业基地|高地]
focus-clusters-carried focuses_on 0.50 {S~:Park} [形成|打造|构建|培育|建成] ..10 {O+:Sector} ..16 [产业集群|集群|产业体系|产业链|产业生态|集聚区|产业基地|高地]
focus-site      focuses_on 0.55 {S:Facility} ,,20 [主要生产|用于|生产|主要从事|主要用于|面向|开展|提供|应用于|涵盖|覆盖|产品包括|主要产品] ..10 {O+:Sector}
focus-named     focuses_on 0.40 {S:Facility<O:Sector}
focus-prefix    focuses_on 0.45 {O:Sector} {S:Facility,Park}
work-scope      active_in 0.80 {S~:Company,Organization} [经营范围包括|经营范围含|经营范围包含|经营范围涉及|经营范围为|经营范围] ..6 {O+:Sector}
work-main       active_in 0.75 {S:Company,Organization} ,,16 [主营业务为|主营业务是|主营业务包括|主营业务|主营|主要从事|专业从事|从事|专注于|专注|聚焦|深耕|致力于|主业为|主要产品为|主要产品包括|涉足|进军|切入|布局|主打|跨界] ..10 {O+:Sector}
work-carried    active_in 0.65 {S~:Company,Organization} [主营业务为|主营业务是|主营业务包括|主营业务|主营|主要从事|专业从事|从事|专注于|专注|聚焦|深耕|致力于|主业为|主要产品为|主要产品包括|涉足|进军|切入|布局|主打|业务涵盖|业务包括|业务覆盖] ..10 {O+:Sector}
work-kind       active_in 0.75 {O+:Sector} ..6 [龙头|龙头企业|巨头|企业|公司|厂商|制造商|生产商|供应商|服务商|运营商|开发商|提供商|品牌|领军企业|集团|机构|平台|商|上市公司|独角兽|概念股|厂家|生产企业|创业公司|初创公司|初创企业|生产基地|初创] ..4 {S+:Company}
work-is         active_in 0.75 {S:Company} ..4 [是|系|作为|为] ..18 {O+:Sector} ..10 [龙头|龙头企业|巨头|企业|公司|厂商|制造商|生产商|供应商|服务商|运营商|开发商|提供商|品牌|领军企业|机构|平台|商|上市公司|生产企业|之一|厂家]
work-makes-who  active_in 0.70 [从事|主营|专注于|专注|生产|主要从事|经营|研发|销售|深耕] ..4 {O+:Sector} ..8 [的] ..4 {S:Company}
work-field      active_in 0.60 {S:Company} ..6 [在] {O+:Sector} ..3 [领域|行业|产业|方面|市场|业务|赛道]
work-business   active_in 0.60 {S:Company} ..3 [的]? {O+:Sector} [业务|板块|产能|产品|生产线|技术]
work-such-as    active_in 0.70 {O:Sector} ..8 [企业|厂商|品牌|巨头|股|公司|龙头] ,,6 [包括|如|有|涌现] ..4 {S+:Company}
work-list-of    active_in 0.70 {S+:Company} ..8 [等] ..8 {O:Sector} ..6 [企业|厂商|品牌|巨头|股|公司|龙头]
work-shares     active_in 0.65 {O:Sector} ..2 [股|板块|概念股|概念] ,,10 {S+:Company} ..8 [涨停|跟涨|涨超|跌超|上涨|下跌|走高|走强|大涨|跌停|走低]
work-named      active_in 0.45 {S:Company<O:Sector}
work-named-org  active_in 0.35 {S:Organization<O:Sector}
work-prefix     active_in 0.50 {O:Sector} {S:Company}
