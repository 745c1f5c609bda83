# Posts.
post-before     holds_position 0.90 {O:Company,Organization,Park} {T} {S:Person}
post-before-list holds_position 0.80 {O+:Company,Organization,Park} {T} {S+:Person}
post-after      holds_position 0.85 {S:Person} ,,1 {O:Company,Organization,Park} {T}
post-is         holds_position 0.85 {S:Person} ..3 [任|担任|出任|是|为|兼任|现任|当选|接任|升任|系|当选为] ..2 {O:Company,Organization,Park} {T}
post-legal      holds_position 0.85 {O~:Company} [法定代表人为|法定代表人|法人代表为|法人代表|法定代表人是] {S:Person}
post-carried    holds_position 0.60 {O~:Company,Organization,Park} [董事长|总经理|总裁|副总裁|首席执行官|CEO|董事会秘书|副总经理|创始人|董秘|负责人|实际控制人|法定代表人|主任|院长|所长|会长|秘书长|董事局主席] {S:Person}
