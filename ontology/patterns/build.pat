# Who builds, sets up and runs.
build-object    develops 0.75 {S+:Company,Organization} ..16 [投资建设|建设|投建|兴建|打造|设立|建立|建成|新建|扩建|投资兴建|开发建设|开工建设|承建|启动建设|组建|成立|开设|筹建|投资打造|搭建|改造|开建|上马|规划建设|推进] ..16 {O+:Facility,Park}
build-carried   develops 0.60 {S~:Company,Organization} [投资建设|建设|投建|兴建|打造|设立|建立|建成|新建|扩建|投资兴建|开发建设|承建|组建|成立|开设|筹建|投资打造|搭建|改造|开建|上马|规划建设|拟设立|布局] ..16 {O+:Facility,Park}
build-by        develops 0.80 {O+:Facility,Park} ,,6 [由] {S+:Company,Organization} ..14 [投资建设|建设|投建|兴建|打造|设立|开发|投资|组建|成立|承建|共建|负责|发起|牵头|建成|联合]
build-invested  develops 0.80 [由]? {S+:Company,Organization} ..6 [投资建设|投资|建设|打造|投建|兴建|设立|承建|开发|投资打造|组建|共建] [的] ..12 {O+:Facility,Park}
build-own       develops 0.60 {O:Facility<S:Company}
build-own-org   develops 0.50 {O:Facility<S:Organization}
build-own-park  develops 0.45 {O:Park<S:Company}
build-of        develops 0.60 {S:Company,Organization} [的|旗下|旗下的|自有|在建|投资的|新建|首个|全资]? {O:Facility}
build-first     develops 0.60 {O:Facility} ..4 [是] {S:Company} ..12 [第一家|首个|首家|第二|投资|打造|建设|建立|开设]
build-event     develops 0.55 {S:Company} ..6 {O:Facility} ..8 [开工|奠基|投产|落成|竣工|启动|揭牌|启用|投运|签约|建成|落地]
build-bid       develops 0.55 {S:Company,Organization} ..10 [中标] ..10 {O+:Facility} ; status=agreed
build-joint     develops 0.65 {S+:Company,Organization} ..8 [共建|共同打造|共同建设|合作建设|联合建设|合建|联合打造|联合成立|共同成立|联合组建|共同组建|共同设立|联合设立] ..14 {O+:Facility,Park}
run-object      operates 0.70 {S:Company,Organization} ..8 [运营|负责运营|运营管理|托管|管理|打造并运营|开发运营|投资运营|建设运营|受托运营] ..4 {O:Park}
run-by          operates 0.70 {O:Park} ,,6 [由] {S:Company,Organization} ..10 [运营|负责运营|运营管理|托管|管理|开发运营|投资运营|建设运营]
run-who         operates 0.80 {O~:Park} [开发运营商|运营商|运营方|运营管理方|管理方|运营主体|运营单位] ,,12 [是|为] {S:Company}
run-who-named   operates 0.80 {O:Park} ..3 [开发运营商|运营商|运营方|运营管理方|管理方|运营主体|运营单位] ,,2 {S:Company}
run-who-builds  develops 0.75 {O~:Park} [开发运营商|开发商|建设方|投资方|建设单位|开发建设单位|投资主体] ,,12 [是|为] {S:Company}
