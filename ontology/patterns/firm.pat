# Between firms.
invest-take     invests_in 0.75 {S+:Company,Organization} ..22 [收购|全资收购|要约收购|拟收购|收购了|并购|购买|受让|入股|增资|参股|控股|注资|战略投资|战略入股|领投|跟投|认购|增持|竞得|接手|购入|买下|入主|完成收购|现金收购] ..12 {O+:Company}
invest-carried  invests_in 0.60 {S~:Company,Organization} [收购|全资收购|要约收购|拟收购|收购了|并购|购买|受让|入股|增资|参股|控股|注资|战略投资|战略入股|认购|增持|购入|买下|入主] ..12 {O+:Company}
invest-to       invests_in 0.75 {S+:Company,Organization} ..12 [向|对] {O+:Company} ..10 [增资|注资|投资|出资|注入|入股|战略投资]
invest-holds    invests_in 0.75 {S+:Company,Organization} ..8 [持有|持股|控股|参股|控制] ..6 {O+:Company}
invest-by       invests_in 0.75 {O:Company} ..12 [由|被|获|获得] ..4 {S+:Company,Organization} ..12 [收购|投资|领投|跟投|控股|入股|增资|全资控股|持股|共同持股|共同出资|战略投资|注资|参股|间接全资持股|出资|合资|合资设立|合资成立|共同投资|投资设立]
invest-held-by  invests_in 0.75 {O~:Company} [由] {S+:Company,Organization} ..10 [共同持股|共同出资|持股|全资持股|出资|出资设立|合资设立|合资成立|共同投资|全资控股|间接全资持股|控股|共同设立|共同成立]
invest-holder   invests_in 0.80 {O:Company} ..6 [控股股东|大股东|第一大股东|第二大股东|股东|间接控股股东] [为|是]? ..2 {S+:Company,Organization}
invest-holder-carried invests_in 0.65 {O~:Company} [控股股东|大股东|第一大股东|间接控股股东|股东] [为|是]? {S+:Company,Organization}
invest-round    invests_in 0.70 {O:Company} ..16 [融资] ,,12 [由] ..2 {S+:Company} ..3 [领投|跟投|投资|联合领投]
invest-investors invests_in 0.70 {O~:Company} [投资方包括|投资方为|投资方有|领投方为|投资人包括|由] ..2 {S+:Company} ..4 [领投|等|跟投|投资]
invest-found    invests_in 0.65 {S+:Company,Organization} ..14 [合资成立|合资设立|合资组建|共同成立|共同设立|共同组建|出资设立|投资设立|发起设立|共同投资设立|共同出资设立|合资建立] ..12 {O:Company}
invest-found2   invests_in 0.55 {S+:Company,Organization} ..4 [等成立|等在|成立|设立] ..8 {O:Company}
invest-joint    invests_in 0.75 {O:Company} ..4 [是|为|系] ..2 [由]? {S+:Company} ..14 [合资公司|合资企业|合资设立|合资成立|共同投资|合营企业|合资|合作成立]
sub-of          subsidiary_of 0.80 {O:Company,Organization} ..4 [旗下|旗下的|下属|下属的|所属|全资子公司|控股子公司|子公司|全资附属公司|附属公司|孙公司|控股孙公司|全资孙公司|旗下子公司|下属公司|下属企业|旗下公司|旗下全资子公司|全资公司|旗下企业|所属企业|分公司|属下|麾下|旗下控股子公司|事业部|旗下品牌] ..8 {S+:Company,Organization}
sub-carried     subsidiary_of 0.65 {O~:Company} [公司全资子公司|公司控股子公司|全资子公司|控股子公司|下属子公司|控股孙公司|全资孙公司|全资附属公司|公司子公司|子公司|旗下|下属企业|公司下属企业] ..3 {S+:Company}
sub-is          subsidiary_of 0.85 {S:Company,Organization} ..4 [是|为|系|成为|作为|属于|隶属于|隶属] ..4 {O:Company,Organization} ..8 [旗下|全资子公司|控股子公司|子公司|下属|附属公司|全资附属公司|旗下公司|控股的|全资|子品牌|品牌|事业部|分公司|孙公司]
sub-owned       subsidiary_of 0.65 {S:Company} ..3 [实际控制人|实控人|母公司|最终控制人] [为|是]? ..2 {O:Company,Organization}
sub-parent      subsidiary_of 0.70 {O:Company} ..4 [母公司] ..2 {S:Company}
sub-hold100     subsidiary_of 0.60 {S:Company} ,,14 [由] {O:Company,Organization} ..4 [间接全资持股|全资持股|全资控股|100%持股|全资拥有]
sub-nested      subsidiary_of 0.45 {S:Company<O:Company}
sub-nested-org  subsidiary_of 0.40 {S:Organization<O:Organization}
coop-with       cooperates_with 0.70 {S+:Company,Organization,Park,Place} ..6 [与|和|同|跟|携手|联手|联合|牵手|协同] ..2 {O+:Company,Organization,Park,Place} ..14 [合作|战略合作|签署|签订|达成|签约|战略合作协议|合作协议|联合|共建|共同|携手|联手|强强联合|战略合作框架协议|框架协议|签署了|达成战略合作|达成合作]
coop-hand       cooperates_with 0.75 {S+:Company,Organization,Park} ..6 [携手|联手|牵手|联合|协同|牵手] ..2 {O+:Company,Organization,Park}
coop-carried    cooperates_with 0.60 {S~:Company,Organization,Park} [与|和|同|携手|联手|联合] ..2 {O+:Company,Organization,Park} ..14 [合作|战略合作|签署|签订|达成|签约|战略合作协议|合作协议|共建|共同|战略合作框架协议|框架协议]
coop-partner    cooperates_with 0.65 {S:Company} ..6 [合作伙伴|战略合作伙伴|合作方|合作单位|合作企业] ..6 {O+:Company,Organization}
supply-to       supplies 0.70 {S+:Company} ..14 [向|为|给] {O+:Company,Organization,Park} ..12 [供应|供货|提供|代工|供给|交付|配套|生产|出货|销售]
supply-of       supplies 0.75 {S+:Company} ..4 [是|为|系|作为|成为] ..4 {O+:Company,Organization} ..12 [供应商|配套企业|代工厂|供货商|代工商|服务商|经销商|配套商]
supply-client   supplies 0.65 {S:Company} ,,12 [客户包括|客户有|主要客户|客户为|大客户|客户|下游客户] ..6 {O+:Company}
supply-supplier supplies 0.65 {O:Company,Organization} ..4 [供应商|供货商|代工厂|上游供应商|配套企业] ..2 {S+:Company}
supply-won      supplies 0.50 {S:Company} ..8 [中标|获得|获|签订|签署] ..4 {O:Company,Organization} ..14 [采购|项目|订单|合同|供货|供应] ; status=agreed
supply-buys     supplies 0.55 {O:Company} ..10 [采购|使用|采用|选用|购买] ..3 {S:Company} ..3 [的|产品|设备|技术|芯片]
