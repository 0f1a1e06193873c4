/** Words that people say for one another, and verbs for nouns, a group a line. */

/** Words that mean one another in names of business data. */
export const SYNONYMS = `
employee staff worker headcount
customer client buyer account
salary pay wage compensation earnings
price cost
amount value sum
revenue sales turnover
profit income earnings
company firm business
supplier vendor
invoice bill
product item article
country nation
city town
date day
fee charge
rate percent percentage
quantity volume units
department division
category type kind
employee_count employees workforce
borrower debtor
payment instalment
phone telephone
email e_mail mail
birthday birth dob
gender sex
headquarters office
region area
transaction trade
portfolio account
manager boss
hire hired joined
buy bought purchased acquired
sell sold
send sent
begin began begun
withdraw withdrew withdrawn
draw drew drawn
find found
lend lent
founded established
person employee
person customer
person client
person borrower
person policyholder
person guest
person member
person patient
person donor
staff_member employee
room unit
store shop branch
treatment procedure
apartment flat
merchant payee vendor
outlet store
tax vat
discount rebate
order purchase
firm organization enterprise corporation
company organization
car vehicle automobile auto
flat apartment
security stock
phone mobile cellphone
area size
mileage odometer kilometers km
movie film
song track tune
doctor physician
teacher instructor
student pupil
child kid
college university
actor performer
artist musician
airplane aircraft plane
hospital clinic
county shire
street road
picture photo photograph image
author writer
attendee participant
ship vessel boat
degree qualification
prize award
tonnes tonnage tons
weight mass
length duration
beginning start
finish end
guest visitor
tenant renter lessee
landlord owner
agent broker representative rep
mechanic technician
supporter donor contributor
donation gift contribution
ticket issue
parcel package
warehouse depot
zip postcode postal
occupation job profession
job position
client patron
customer cardholder
customer policyholder
customer lessee
customer borrower
customer subscriber
client investor
holding position
deal trade
house property
building property
loan mortgage
colleague employee
mark grade
score points
hour time
lease contract
dish meal
meal food
journalist reporter
applicant candidate
engineer technician
person student
person employee
person user
person supporter
person tenant
person passenger
person player
person participant
person contact
person applicant
person resident
person driver
person individual
person consumer
person shopper
person subscriber
person backer
company borrower
company insured
shop merchant
project job
amount volume
facility loan
counterparty client
borrower client
insured client
insured policyholder
truck vehicle
matter case
matter file
collateral pledge
visit appointment consultation
seller shop
grower farmer
expense purchase
person author`;

/** Words that mean one another in Chinese names. */
export const HAN_SYNONYMS = `
员工 职员 雇员 职工 同事
教师 老师 教员
学生 同学
医生 大夫
患者 病人
客户 顾客 买家
借款人 客户
投资者 客户
投资人 客户
储户 客户
持卡人 客户
投保人 客户
商品 产品 货品
门店 店铺 分店 店
工资 月薪 薪水 薪资 薪酬
金额 款项 钱
销售额 营业额
价格 单价 售价
数量 件数
供应商 供货商
订单 单子
会员 用户
日期 时间
部门 科室
地址 住址
支付 付款
职务 职位
类别 种类
籍贯 老家 家乡
药品 药
车辆 车
图书 书
债券 债
公司 企业
合同 合约
学员 学生
保单 单子
商户 商家
项目 工程
楼层 楼
房间 客房`;

/** What is done, by the noun for it. */
export const VERBS = `
payment paid pay pays paying
loan lent lend lends borrowed borrow
purchase purchased bought buy buys
order ordered order bought purchased buy buys
sale sold sell sells selling
invoice invoiced billed invoicing
expense spent spend spends spending
hire hired joined
birth born
foundation founded
listing listed
opening opened
closing closed
start started began
end ended ends ending
maturity matured matures mature maturing
inception incepted incepting started starts began
commencement commenced commencing started starts began
lead led leads leading
origination originated
signup signed up
registration registered
signature signed
signing signed
issuance issued
delivery delivered
shipment shipped
booking booked stayed
donation donated gave give gives given raised raise
gift gave give gives given raised raise
investment invested
visit visited
departure departed left
arrival arrived
expiry expired expire expires expiring
expiration expired expire expires expiring
termination terminated
admission admitted
transfer transferred
withdrawal withdrew withdrawn
deposit deposited
cancellation cancelled canceled
creation created
update updated
complaint complained complain complains
application applied apply applies
enrollment enrolled enroll enrolls
subscription subscribed subscribe subscribes
redemption redeemed redeem
reservation reserved reserve
rental rented rent rents
employment employed
inspection inspected
repair repaired
claim claimed
vote voted
refund refunded
return returned
valuation valued
review reviewed
rating rated
assignment assigned
participation participated participate
attendance attended attend
treatment treated
prescription prescribed prescribe
production produced produce
publication published
installation installed
completion completed
resolution resolved
submission submitted submit
approval approved
settlement settled
nomination nominated
operation operated
graduation graduated graduate
launch launched
retirement retired retire
promotion promoted
renewal renewed
hiring hired hire hires
advisor advised advise advises
air aired airs
referral referred
collection collected
construction built constructed
placement placed
distribution distributed distribute
disbursement disbursed disburse
exemption exempted exempt
assessment assessed
appraisal appraised
allocation allocated
contribution contributed contribute
repayment repaid repay
extension extended
reminder reminded remind
conversion converted
commitment committed commit
freeze froze frozen freeze
reversal reversed
award awarded
pledge pledged
presentation presented
amendment amended amend
allotment allotted
dealing dealt deal`;
