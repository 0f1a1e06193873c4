/** What the English words of names are called in Chinese: `credit_score` → 信用分, 信用评分. */
import { singular } from '../../retrieval/words.ts';

/** Chinese for words of names, and for pairs that are said as one. */
const CHINESE_FOR = `
account 账户 帐户|account_manager 客户经理|account_number 账号 账户号|account_type 账户类型|actual 实际|address 地址 住址|advisor 顾问
adviser 顾问|age 年龄|agency 机构|agent 代理人 经纪人|allocation 配置|amount 金额|analyst 分析师|announcement 公告|annual 年 年度
annual_income 年收入|annual_premium 年保费|annual_salary 年薪|appeal 募捐活动|asset 资产|asset_class 资产类别
author 作者|average 平均|balance 余额|bank 银行|base 基本|birth_date 出生日期 生日|bond 债券|bonus 奖金
book 图书 书|booking 预订 订单|borrower 借款人 借款方|branch 分行 支行 网点 分支机构|brand 品牌|broker 券商 经纪商|building 楼宇 建筑 建筑物 大楼 楼栋
budget 预算|buyer 采购员 买手 买方|campaign 活动|capacity 容量|car 车 汽车|card 卡 卡片|card_number 卡号
cash 现金|cash_balance 现金余额|category 类别 分类|cause 原因|channel 渠道|charge 收费|city 城市
claim 理赔 赔案 索赔|claimed_amount 索赔金额|client 客户|close_price 收盘价|close_date 关闭日期|code 代码
commission 佣金|company 公司|contact_person 联系人|contact_name 联系人|continent 大洲 洲|contract 合同 合约|cost 成本 费用
country 国家|credit_limit 信用额度|credit_score 信用分 信用评分 信用分数|currency 货币 币种|customer 客户 顾客
date 日期|date_of_birth 出生日期 生日|deductible 免赔额|default 违约|department 部门|deposit 押金 存款
description 描述 说明|discount 折扣|district 区 区域|dividend 股息 分红|donation 捐款 捐赠|donor 捐款人 捐赠者
driver 司机|due_date 到期日 截止日期 应还日 应还日期 应付日 应付日期|due_amount 应还金额 应付金额 应收金额 应还 应付 应收|amount_due 应还金额 应付金额 应收金额 应还 应付 应收|paid_amount 实还金额 已还金额 已付金额 实付金额 还款金额 付款金额 实还 已还 实收金额 实收|amount_paid 实还金额 已还金额 已付金额 实付金额 实付 实收金额 实收 已收金额 已收|recovered 收回 已收回 回收 收回金额 回收金额|education 学历|email 邮箱 电子邮箱|employee 员工 职员 雇员 职工
employee_count 员工人数 员工数|end_date 结束日期 到期日 到期日期|event 活动|exchange 交易所|exchange_rate 汇率|executive 高管
expense 费用 支出|expiry_date 到期日 有效期|factory 工厂|fee 费用 手续费|fee_type 费用类型 费用种类 收费项目 收费类型 缴费项目|film 电影|floor 楼层
full_name 姓名|first_name 名字|fuel 燃料|fund 基金|gender 性别|gross_profit 毛利润 毛利|grade 等级 级别|group 组
guest 客人 住客 宾客|headquarters 总部|hire_date 入职日期|holding 持仓|hotel 酒店|hourly_rate 时薪
hours 工时 小时数|income 收入|annual_budget 年度预算 年预算|index 指数|industry 行业|insurance 保险|interest_rate 利率|inventory 库存
invoice 发票|invoice_line 发票明细|invoice_number 发票号 发票号码|issue_date 开票日期 发行日期|issuer 发行人
job_title 职务 职位|lease 租约 租赁合同 租赁 合同|lease_contract 租约 租赁合同 合同|leave 请假|leave_request 请假申请|leave_type 假别 请假类型|level 等级
line_of_business 险种|list_price 标价 定价|loan 贷款|loan_number 贷款编号|location 地点 位置
loyalty_tier 会员等级|maintenance 维修 保养|manager 经理|market_cap 市值|market_value 市值|material 物料 材料 原料|material_type 物料类型 物料类别 材料类型|maturity_date 到期日
member 会员|membership 会籍|merchant 商户 商家|method 方式|mileage 里程|model 型号|month 月份|monthly_fee 月费
movie 电影|name 名称 姓名 名字|net_asset 净资产|net_profit 净利润|net_amount 净额 不含税金额|nightly_rate 房价
note 备注|number 编号|number_of_employees 员工人数|office 办公室 办公地点|order 订单|order_item 订单明细
order_type 订单类型|owner 业主 所有者|patient 病人 患者|payee 收款方 收款人|payment 付款 支付
payment_method 付款方式 支付方式|pay_method 付款方式 支付方式|payroll 工资单|phone 电话|plan 套餐|policy 保单
policyholder 投保人 保单持有人|policy_holder 投保人 保单持有人|portfolio 投资组合 组合|position 职位 职务
po 采购单 采购订单|po_line 采购明细|premium 保费|price 价格|principal_amount 本金|product 产品 商品|product_group 产品组 产品类别|profit 利润
project 项目|province 省份 省|purchase 采购|purchase_order 采购单 采购订单|purpose 用途|quantity 数量|quantity_on_hand 库存数量 库存量 库存|rate 费率|rating 评级 评分 评价
reason 原因|region 地区 区域|release_year 上映年份|rental 租赁|restaurant 餐厅|revenue 收入 营收 营业收入
risk_level 风险等级|risk_profile 风险偏好 风险类型|room 房间 客房|room_type 房型 房间类型
safety_stock 安全库存|salary 工资 薪资 薪水 月薪 薪酬|sale 销售|sale_price 售价|sector 板块|security 证券|segment 客户类别 板块|service 服务
share 股份|shareholder 股东|shipping_fee 运费|side 方向|size 规模|staff 员工 职员 职工|standard_price 标准价 标准价格|star 星级|state 州|status 状态
stock 股票 库存|stock_quantity 库存 库存数量 库存量|store 门店 商店 店铺|strategy 策略|student 学生|subscription 订阅
sum_insured 保额 保险金额|supplier 供应商 供货商|supporter 支持者|tax 税 税额|teacher 老师 教师|term 期限
ticker 股票代码 代码|title 标题 名称|total_amount 总金额 总额|total_price 总价|town 城镇 城市|trade 交易 工种
transaction 交易|transaction_date 交易日期|type 类型 种类|unit 单位|unit_cost 单位成本|unit_price 单价
unpaid_balance 未还余额|user 用户|vehicle 车辆 车|vendor 供应商|volume 成交量|warehouse 仓库|weight 权重 重量
year 年份|yield 收益率|community 小区 社区|work_order 报修 工单 报修单|worker 工人 师傅 员工 职工|area 面积|area_sqm 面积
elevator 电梯|monthly_pay 月薪 月工资|usage 用途|room_no 房号|built_year 建成年份 建筑年份|parking 车位|resident 住户|tenant 租户 承租人|repair 维修 报修|doctor 医生|nurse 护士|clinic 诊所|medicine 药品|drug 药品|prescription 处方|diagnosis 诊断|appointment 预约 挂号|visit 就诊|class 班级|course 课程|score 分数 成绩 得分|tuition 学费
complaint 投诉 客诉|training 培训|hometown 老家 家乡 籍贯|refund 退款|exam 考试|certificate 证书|cert 证|health 健康|signup 注册|passed 通过
member_level 会员等级 会员级别|skill 技能|task 任务|role 角色|team 团队 队伍|school 学校|college 学院|semester 学期|major 专业|classroom 教室
language 语言|nationality 国籍|height 身高 高度|color 颜色|colour 颜色|song 歌曲|album 专辑|artist 艺人 歌手|singer 歌手|player 球员 选手|match 比赛
game 游戏|season 赛季|director 导演|actor 演员|publisher 出版社|museum 博物馆|duration 时长|equipment 设备|machine 机器 设备|dish 菜品 菜|menu 菜单
flight 航班|airline 航空公司|airport 机场|passenger 乘客 旅客|pilot 飞行员|ticket 票|seat 座位|route 路线|station 车站 站点|truck 卡车|parcel 包裹
shipment 运单 发货|participant 参与者|grant 资助|application 申请|review 评论 评价|comment 评论|tip 小费|pet 宠物|dog 狗|cat 猫|hobby 爱好
population 人口|length 长度|capital 首都|organization 组织|club 俱乐部 社团|award 奖项|competition 比赛|degree 学位 学历|sex 性别|volunteer 志愿者
inspection 检查 检验|inspector 检查员|farm 农场|crop 作物|birth_year 出生年份|installment 分期|subject 科目|exam_date 考试日期|dentist 牙医
agreement 协议|alert 预警 告警|benefit 待遇|contribution 缴费 供款|annual_rate 年利率 年化利率|applicant 申请人|approval 审批|arrival 到达|auction 拍卖|auto 汽车
purchase_price 采购价 采购价格 购买价格 购入价 购置价 原值|purchase_date 采购日期 购买日期 购入日期 购置日期|base_rate 基准利率|beneficiary 受益人|bidder 竞买人|board 板块|bought 买入|buyback 回购|car_model 车型|case 案件 案子|collateral 担保物 抵押物 押品
collection 催收|core_enterprise 核心企业|counterparty 交易对手 对手方|coupon 票息|coupon_rate 票面利率|covenant 约定
creditor 债权人|custodian 托管人 托管机构|dealer 经销商|deal 交易|debtor 债务人|depositor 存款人 储户 缴存人 缴存职工|difference 差异
distribution 分红 分配|drawdown 提款|energy 能源|enterprise 企业|entity 主体 公司|escrow 监管账户|face_amount 面额 票面金额|face_value 面值
fill 成交|financing 融资|firm 公司|fiscal_year 年度 会计年度 财年|forecast 预测|foreign_exchange 外汇|franchise 加盟|freight 运费|fund_manager 基金经理 管理人|fund_manager_firm 管理人 基金管理人 管理公司
funder 资金方|fx_rate 汇率|guarantee 担保 保函|guarantor 担保人 保证人|guide_price 指导价|headcount 人数 员工人数|institute 研究所|institution 机构
instalment 分期|interest 利息|investor 投资者 投资人|journal_entry 分录|landlord 房东|ledger 台账|lender 出借方 出借人|limit 额度 限额|lot 手数
main_category 主营类目|margin 保证金|nav 净值|unit_nav 单位净值|cum_nav 累计净值|occupation 职业|overdue 逾期|overdue_days 逾期天数|days_overdue 逾期天数|page 页数|payable 应付账款|payer 付款方 付款人
payout 赔款|penalty 罚款 罚金|penalty_amount 罚款金额 罚金金额 罚款 罚金|platform 平台|pledge 质押|principal 本金|quota 额度 配额|receipt 收款|receivable 应收账款|recipient 收款人
recovery 回收|redemption 赎回|repayment 还款|rent 租金 房租|monthly_rent 月租金 月租|repay_type 还款方式|report 报告|report_type 报告类型|research_report 研报 研究报告|reserve 准备金|risk 风险|risk_alert 风险预警 预警
seller 卖家 商家|settlement 结算|short_name 简称|site 站点|statement 账单|stock_code 股票代码|stock_name 股票名称 股票简称 简称|subsidy 补贴 贴息
swap 掉期|target_price 目标价 目标价格|tax_rate 税率|tax_amount 税额|salesperson 业务员 销售员|remark 备注|payment_term 账期 付款期限|bank_account 银行账户 银行账号|terminal 终端|total_shares 总股本|transfer 转让 转账 转移|trustee 受托人|turnover 成交额 营业额
underwriter 承销商|kind 种类 类型 类别|debenture 债券|exposure 敞口|fair_value 公允价值|fixed_asset 固定资产|hedge 套保 对冲|lessee 承租人 承租方|lessor 出租人 出租方
insured 被保险人|mortgage 抵押 按揭|provision 准备金 拨备|quote 报价|rebate 返佣 返利|reconciliation 对账|remittance 汇款|spread 点差 利差|commitment 承诺|credit_line 授信额度|credit_limit 信用额度 授信额度
overdraft 透支|pension 年金 养老金|variance 差异|write_off 核销|bad_debt 坏账|accrual 计提|bill 票据 账单|clearing 清算|disbursement 放款|factoring 保理|margin_call 追保通知 追保|outstanding 未还余额|cost_center 成本中心|valuation 估值|variety 品种|voucher 凭证|waiver 减免|waived_amount 减免金额|wallet 钱包|withdrawal 提现 提取 取款`;

/** What is done on the days and at the events that names tell. */
const DONE = `
admission 入院|approval 批准|birth 出生|booked 预订|cancel 取消|check_in 入住|check_out 退房|closed 关闭
created 创建|delivery 交付 送达 交货|delivered 交付 送达 交货|due 到期 应付|promised 承诺|dismissal 解雇|donated 捐款 捐赠|end 结束 到期|expiry 到期|first_contact 联系
founded 成立 创立 设立|hire 入职|inception 成立|issue 开具 开出 发行 开票|invoice 开票 开具 开出|issued 发放 发行 签发 开具 开出|joined 加入 入会 入职
launch 成立 推出|listing 上市|loss 出险|maturity 到期|onboard 开户|opened 开业 开户 开立|open 开户 开业 开立|matures 到期|expires 到期|order 下单|orig 发放|purchase 购入 购买 采购 购置 买入|purchased 购入 购买 采购 购置 买入|acquired 购入 购置 收购
origination 发放|paid 付款 支付 缴费 缴纳 收款 还款|pay 付款 支付 缴费|publish 发布|registration 注册|release 上映 发行
reported 报案 上报|ship 发货|signed 签订 签署 签约|signup 注册|start 开始 生效|trade 交易 成交|visit 就诊|received 收到 收货 到货 收款|built 建成|finished 完工 完成 修完 处理完
leave 离职|left 离职 离开|exam 考试|service 服务|retired 退休|arrival 到达|departure 出发|death 去世|graduation 毕业|complaint 投诉
applied 申请|requested 申请|arrived 到账 到达|registered 注册 登记|settled 结清 结算|bound 绑定|granted 发放 放款|grant 放款 发放|lend 放款 发放|setup 成立 设立|transferred 转让 流转 划转|valid_to 到期|repaid 还款|invested 投资|declared 宣告|withdrawn 提取 支取|disbursed 放款 发放|redeemed 赎回`;

/** Names of one sort of many words are not all tried. */
const MOST = 24;

const NAMES = readLines(CHINESE_FOR);
const VERBS = readLines(DONE);

/** Nouns that tables and columns are called by in Chinese. */
export const HAN_NOUNS: ReadonlySet<string> = new Set(
  [...NAMES.values()].flat().filter((noun) => /^[^应实已未]./u.test(noun)),
);

/** The words of an English name in Chinese, in all their ways; none where one of them is not known. */
export function translationsOf(own: readonly string[]): string[] {
  return own.length === 0 ? [] : translated(own.map(singular)).slice(0, MOST);
}

/** What is done on a day, by the words of its name without those for days: hire → 入职. */
export function translatedVerbs(done: readonly string[]): readonly string[] {
  return VERBS.get(done.join(' ')) ?? [];
}

function translated(own: readonly string[]): string[] {
  if (own.length === 0) return [''];
  for (let size = own.length; size >= 1; size--) {
    const first = NAMES.get(own.slice(0, size).join(' '));
    if (first === undefined) continue;
    const rest = translated(own.slice(size));
    if (rest.length > 0) return first.flatMap((one) => rest.map((other) => one + other));
  }
  return [];
}

function readLines(lines: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    lines
      .trim()
      .split(/[|\n]/)
      .map((line) => {
        const [key = '', ...chinese] = line.split(' ');
        return [key.split('_').map(singular).join(' '), chinese] as const;
      }),
  );
}
