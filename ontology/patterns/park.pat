# Wordings of park news that leave little doubt about who is where and what a park is for: nothing
# but the words named here stands between the ends.
# id  predicate  confidence  pattern [; options]
park-sited-who     locates_in 0.75 [位于|坐落于|坐落在|地处|落户|落户于|设在|入驻] ..3 {O:Park} ..2 [的] ..8 {S+:Company,Organization,Facility}
park-choose        locates_in 0.75 [选择|选择将|将|把] ..2 {S:Facility,Company} [落户|落户在|落户于|放在|设在|建在|落在|布局在|迁至|迁入] ..2 {O:Park}
park-lands         locates_in 0.75 {S+:Company,Facility} [落户|入驻|落地|进驻|签约落户|签约入驻|落子|抢滩|正式落户|正式入驻|成功落户] {O:Park}
park-in-settle     locates_in 0.70 {S+:Company,Facility} [在] {O:Park} [开工|奠基|揭牌|投产|落成|开业|启动建设|竣工|投用|启用|正式成立|注册成立|开工建设|正式投产|建成投产]
park-lead-list     focuses_on 0.80 {S:Park} ..10 [围绕|聚焦|重点发展|圈定|形成|构建|打造|确定] ..2 {O+:Sector} ..10 [主导产业|支柱产业|特色产业|重点产业|优势产业|产业布局|产业方向|细分领域]
park-sub-of        part_of 0.75 {O:Park} [的|内的|里的|内|核心区内] ..1 {S:Park}
park-invested-by   develops 0.75 {S:Company} [投资建设的|投资的|打造的|建设的|旗下的|投资打造的|投资兴建的] {O:Facility,Park}
park-then-focus    focuses_on 0.75 {S:Park} ,,20 [重点发展|聚焦发展|重点聚焦|重点培育|主攻|主导产业为|主导产业是|重点布局] {O+:Sector}
