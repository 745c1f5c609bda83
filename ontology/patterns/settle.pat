# Who is in a park.
# id  predicate  confidence  pattern [; options]
settle-in        locates_in 0.75 {S+:Company,Organization,Facility} ..14 [入驻|落户|落户于|落户在|落地|落地于|入园|进驻|签约落户|签约入驻|落子|搬迁至|迁入|迁至|进园|扎根|抢滩] ..6 {O:Park}
settle-at        locates_in 0.70 {S+:Company,Organization,Facility} ..6 [位于|坐落于|坐落在|地处|设在|建在|选址|选址于] ..8 {O:Park}
settle-after-in  locates_in 0.65 [在] ..4 {O:Park} ,,14 {S+:Company,Organization,Facility} ..14 [开工|奠基|揭牌|投产|签约|落成|开业|启动|竣工|落户|落地|入驻|投用|成立|启用]
settle-build-in  locates_in 0.60 {S~:Company} [在|于] ..3 {O:Park} ..10 [建设|投资|设立|成立|投建|兴建|建立|建成|开设|打造|新建|布局|注册|开工]
settle-site-in   locates_in 0.65 [在|于] ..3 {O:Park} ..14 [建设|投资建设|设立|成立|投建|兴建|建立|建成|开设|打造|新建|布局|规划布局] ..14 {S+:Facility}
settle-bring     locates_in 0.70 {O:Park} ..16 [引进|引入|引进了|引入了|吸引|吸引了|汇聚|汇聚了|集聚|集聚了|聚集|聚集了|云集|招引|招引了|迎来|签约|签约了|导入|孵化|孵化了|入驻了] ..14 {S+:Company,Organization,Facility}
settle-bring-topic locates_in 0.55 {O~:Park} [引进|引入|引进了|引入了|吸引|吸引了|汇聚|汇聚了|集聚|集聚了|聚集|聚集了|云集|招引|招引了|迎来|签约|导入|孵化] ..14 {S+:Company,Organization,Facility}
settle-come-topic locates_in 0.60 {O~:Park} [入驻|落户|入园|进驻|落地|签约落户] ..4 {S+:Company,Organization,Facility}
settle-such-topic locates_in 0.60 {O~:Park} {S+:Company,Organization,Facility} ..24 [率先入驻|纷纷入驻|纷纷入园|入驻|入园|进驻|相继入驻|陆续入驻|签约落户|纷纷落户|相继落户|落户] $
settle-resident  locates_in 0.65 {O:Park} ..4 [内|里|企业|入驻企业|园内企业|园区企业|的] ..6 {S+:Company,Organization}
settle-firm-of   locates_in 0.60 {O:Park} ..2 [企业] {S:Company}
settle-signed    locates_in 0.60 {S:Company} ..2 [与|和|同] {O:Park} ..8 [签约|签署|签订|签定] ; status=agreed
settle-signed-site locates_in 0.60 {S+:Facility} ..12 [与|和|同] {O:Park} ..8 [签约|签署|签订|签定] ; status=agreed
settle-committee locates_in 0.60 {S:Facility} ..6 [落户|落地|签约|签约落户|落户于] ..4 {O:Park}
