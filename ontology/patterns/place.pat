# Where things stand, and what belongs to what.
place-at        situated_in 0.80 {S+:Park,Facility,Company,Organization} ..6 [位于|地处|坐落于|坐落在|坐落|设在|落户|落户于|选址|选址于|选址在|落地|落地于|设于|建于|落址] ..6 {O+:Place}
place-in-build  situated_in 0.70 [在|于] ..2 {O:Place} ..8 [建设|投资建设|设立|成立|投建|兴建|建立|建成|开设|打造|新建|布局|投产|开建|建造|修建] ..14 {S+:Facility,Park}
place-in-event  situated_in 0.70 {S:Park,Facility} ..4 [在|于] ..2 {O:Place} ..8 [开工|奠基|揭牌|投产|签约|落成|开业|启动|竣工|成立|启用|投用|落地|开园]
place-entered   situated_in 0.65 {S:Company} ..10 [进入|进驻|布局|扩展到|落户|拓展至|覆盖|落子] ..10 {O+:Place}
place-has       situated_in 0.60 {S:Company,Organization} ..8 [在] {O+:Place} ..8 [设有|设立|建有|拥有|建立|开设|设立了|建立了|成立|投资|建设|投产|建厂|开设了|设厂]
place-prefix    situated_in 0.70 {O:Place} {S:Park}
place-of        situated_in 0.75 {O:Place} [的] {S+:Park,Facility,Company}
place-in-comma  situated_in 0.75 ^ [在|走进] ..2 {O:Place} ,,3 {S:Park,Facility}
place-who-at    situated_in 0.80 [位于|地处|坐落于|总部位于|坐落在] ..4 {O:Place} ..4 [的] ..10 {S:Park,Facility,Company,Organization}
place-firm      situated_in 0.60 {O:Place} [企业|公司|茶企|药企|车企|上市公司|民企|国企|本土企业] {S:Company}
place-zone-name situated_in 0.60 {S:Park<O:Place}
headed-at       headquartered_in 0.85 {S:Company,Organization} ,,12 [总部位于|总部设在|总部在|总部设于|总部落户|总部坐落于|总部迁至|总部落址|总部地址] ..4 {O:Place,Park}
headed-who      headquartered_in 0.85 [总部位于|总部设在|总部在] ..4 {O:Place,Park} ..3 [的] ..12 {S:Company,Organization}
headed-moves    headquartered_in 0.70 {S:Company,Organization} ..4 [总部] ..6 [落户|迁至|迁入|设在|位于|落址|放在|留在] ..4 {O:Place,Park}
headed-carried  headquartered_in 0.65 {S~:Company,Organization} [总部位于|总部设在|总部在|落址] ..4 {O:Place,Park}
part-prefix     part_of 0.70 {O:Park} {S:Park}
part-of         part_of 0.75 {O:Park} [的|内的|里的|内|里] ..2 {S+:Park}
part-at         part_of 0.75 {S:Park} ..6 [位于|坐落于|地处|落户|落户于|处于|选址|坐落] ..6 {O:Park}
part-in-comma   part_of 0.65 ^ [在|走进] ..2 {O:Park} ..4 {S:Park}
part-core       part_of 0.70 [作为] {O:Park} ..8 [核心区|核心承载区|核心|片区|组成部分|承载区|载体] ,,3 {S:Park}
part-holds      part_of 0.60 {O:Park} ..12 [包括|涵盖|分为|形成|规划|拥有|辖|下辖|布局|建有|打造] ..8 {S+:Park}
part-nested     part_of 0.60 {S:Park<O:Park}
