-- Demo database: an invented capital market, 2019 to 2024.
-- Trailing comments: English meaning | Chinese alias. Money is in million CNY unless a column says otherwise.

-- Reference --------------------------------------------------------------------------------------

CREATE TABLE country ( -- countries with macro data | 国家
  country_code TEXT PRIMARY KEY, -- two-letter country code | 国家代码
  country_name TEXT NOT NULL, -- English name of the country | 国家名称
  country_name_cn TEXT NOT NULL, -- Chinese name of the country | 国家中文名称
  region TEXT NOT NULL -- continent: Asia, Europe, North America | 地区
);

CREATE TABLE currency ( -- currencies quoted against the yuan | 货币
  currency_code TEXT PRIMARY KEY, -- three-letter currency code | 货币代码
  currency_name TEXT NOT NULL, -- English name of the currency | 货币名称
  currency_name_cn TEXT NOT NULL -- Chinese name of the currency | 货币中文名称
);

CREATE TABLE exchange ( -- stock exchanges | 交易所
  exchange_id INTEGER PRIMARY KEY, -- exchange identifier | 交易所编号
  exchange_name TEXT NOT NULL, -- English name of the exchange | 交易所名称
  exchange_name_cn TEXT NOT NULL, -- Chinese name of the exchange | 交易所中文名称
  city TEXT NOT NULL, -- city of the exchange | 所在城市
  currency_code TEXT NOT NULL REFERENCES currency (currency_code) -- currency of quotation | 报价货币
);

CREATE TABLE industry ( -- industries of listed companies | 行业
  industry_id INTEGER PRIMARY KEY, -- industry identifier | 行业编号
  industry_name TEXT NOT NULL, -- English name of the industry | 行业名称
  industry_name_cn TEXT NOT NULL, -- Chinese name of the industry | 行业中文名称
  sector TEXT NOT NULL -- sector that the industry belongs to | 板块
);

CREATE TABLE bank ( -- custodian banks of funds | 托管银行
  bank_id INTEGER PRIMARY KEY, -- bank identifier | 银行编号
  bank_name TEXT NOT NULL, -- English name of the bank | 银行名称
  bank_name_cn TEXT NOT NULL, -- Chinese name of the bank | 银行中文名称
  city TEXT NOT NULL -- city of the head office | 总部城市
);

-- Listed companies -------------------------------------------------------------------------------

CREATE TABLE company ( -- listed companies | 上市公司
  company_id INTEGER PRIMARY KEY, -- company identifier | 公司编号
  ticker TEXT NOT NULL UNIQUE, -- stock ticker | 股票代码
  company_name TEXT NOT NULL, -- English name of the company | 公司名称
  company_name_cn TEXT NOT NULL, -- Chinese name of the company | 公司中文名称
  industry_id INTEGER NOT NULL REFERENCES industry (industry_id), -- industry of the company | 所属行业
  exchange_id INTEGER NOT NULL REFERENCES exchange (exchange_id), -- exchange where it is listed | 上市交易所
  city TEXT NOT NULL, -- city of the head office | 总部城市
  founded_year INTEGER NOT NULL, -- year of foundation | 成立年份
  listing_date TEXT NOT NULL, -- date of listing | 上市日期
  employee_count INTEGER NOT NULL, -- number of employees | 员工人数
  shares_outstanding REAL NOT NULL, -- shares outstanding in millions | 总股本（百万股）
  is_state_owned INTEGER NOT NULL CHECK (is_state_owned IN (0, 1)) -- 1 if the state controls it, else 0 | 是否国有
);

CREATE TABLE stock_price ( -- daily prices of stocks | 股票行情
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company | 公司编号
  trade_date TEXT NOT NULL, -- trading day | 交易日期
  open_price REAL NOT NULL, -- opening price in CNY | 开盘价
  high_price REAL NOT NULL, -- highest price in CNY | 最高价
  low_price REAL NOT NULL, -- lowest price in CNY | 最低价
  close_price REAL NOT NULL, -- closing price in CNY | 收盘价
  volume INTEGER NOT NULL, -- shares traded | 成交量
  PRIMARY KEY (company_id, trade_date)
) WITHOUT ROWID;

CREATE TABLE income_statement ( -- annual income statements | 利润表
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company | 公司编号
  fiscal_year INTEGER NOT NULL, -- fiscal year | 财年
  revenue REAL NOT NULL, -- revenue | 营业收入
  cost_of_revenue REAL NOT NULL, -- cost of revenue | 营业成本
  gross_profit REAL NOT NULL, -- revenue minus cost of revenue | 毛利润
  selling_expense REAL NOT NULL, -- selling and administrative expense | 销售及管理费用
  research_expense REAL NOT NULL, -- research and development expense | 研发费用
  operating_profit REAL NOT NULL, -- gross profit minus selling and research expense | 营业利润
  interest_expense REAL NOT NULL, -- interest expense | 利息费用
  pretax_profit REAL NOT NULL, -- profit before tax | 税前利润
  income_tax REAL NOT NULL, -- income tax | 所得税
  net_profit REAL NOT NULL, -- net profit | 净利润
  eps REAL NOT NULL, -- earnings per share in CNY | 每股收益
  PRIMARY KEY (company_id, fiscal_year)
);

CREATE TABLE balance_sheet ( -- balance sheets at year end | 资产负债表
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company | 公司编号
  fiscal_year INTEGER NOT NULL, -- fiscal year | 财年
  cash REAL NOT NULL, -- cash and equivalents | 货币资金
  receivables REAL NOT NULL, -- accounts receivable | 应收账款
  inventory REAL NOT NULL, -- inventory | 存货
  current_assets REAL NOT NULL, -- cash, receivables and inventory | 流动资产
  fixed_assets REAL NOT NULL, -- property, plant and equipment | 固定资产
  intangible_assets REAL NOT NULL, -- intangible assets | 无形资产
  total_assets REAL NOT NULL, -- total assets | 总资产
  payables REAL NOT NULL, -- accounts payable | 应付账款
  short_term_debt REAL NOT NULL, -- short-term debt | 短期借款
  current_liabilities REAL NOT NULL, -- payables and short-term debt | 流动负债
  long_term_debt REAL NOT NULL, -- long-term debt | 长期借款
  total_liabilities REAL NOT NULL, -- total liabilities | 总负债
  total_equity REAL NOT NULL, -- shareholders' equity | 股东权益
  PRIMARY KEY (company_id, fiscal_year)
);

CREATE TABLE cash_flow ( -- annual cash flow statements | 现金流量表
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company | 公司编号
  fiscal_year INTEGER NOT NULL, -- fiscal year | 财年
  operating_cash_flow REAL NOT NULL, -- cash flow from operations | 经营活动现金流
  capital_expenditure REAL NOT NULL, -- spending on fixed assets, as a positive number | 资本支出
  investing_cash_flow REAL NOT NULL, -- cash flow from investing | 投资活动现金流
  dividends_paid REAL NOT NULL, -- dividends paid to shareholders | 支付的股利
  financing_cash_flow REAL NOT NULL, -- cash flow from financing | 筹资活动现金流
  net_change_in_cash REAL NOT NULL, -- sum of the three cash flows | 现金净增加额
  PRIMARY KEY (company_id, fiscal_year)
);

CREATE TABLE quarterly_result ( -- quarterly revenue and profit | 季度业绩
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company | 公司编号
  fiscal_year INTEGER NOT NULL, -- fiscal year | 财年
  quarter INTEGER NOT NULL CHECK (quarter BETWEEN 1 AND 4), -- quarter of the year, 1 to 4 | 季度
  revenue REAL NOT NULL, -- revenue of the quarter | 营业收入
  net_profit REAL NOT NULL, -- net profit of the quarter | 净利润
  PRIMARY KEY (company_id, fiscal_year, quarter)
);

CREATE TABLE dividend ( -- cash dividends of companies | 分红
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company | 公司编号
  fiscal_year INTEGER NOT NULL, -- fiscal year the dividend is paid for | 财年
  announcement_date TEXT NOT NULL, -- date of announcement | 公告日期
  ex_date TEXT NOT NULL, -- ex-dividend date | 除息日
  pay_date TEXT NOT NULL, -- date of payment | 派息日
  dividend_per_share REAL NOT NULL, -- cash per share in CNY | 每股股利
  PRIMARY KEY (company_id, fiscal_year)
);

CREATE TABLE executive ( -- executives of companies | 高管
  executive_id INTEGER PRIMARY KEY, -- executive identifier | 高管编号
  executive_name TEXT NOT NULL, -- English name of the executive | 高管姓名
  executive_name_cn TEXT NOT NULL, -- Chinese name of the executive | 高管中文姓名
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- employer | 公司编号
  position TEXT NOT NULL, -- Chairman, Chief Executive Officer, Chief Financial Officer, Board Secretary | 职位
  gender TEXT NOT NULL CHECK (gender IN ('Female', 'Male')), -- Female or Male | 性别
  birth_year INTEGER NOT NULL, -- year of birth | 出生年份
  education TEXT NOT NULL, -- highest degree: Bachelor, Master, Doctorate, MBA | 最高学历
  annual_salary REAL NOT NULL, -- yearly pay in thousand CNY | 年薪（千元）
  appointed_date TEXT NOT NULL -- date of appointment | 任职日期
);

CREATE TABLE shareholder ( -- large shareholders | 股东
  shareholder_id INTEGER PRIMARY KEY, -- shareholder identifier | 股东编号
  shareholder_name TEXT NOT NULL, -- English name of the shareholder | 股东名称
  shareholder_name_cn TEXT NOT NULL, -- Chinese name of the shareholder | 股东中文名称
  shareholder_type TEXT NOT NULL -- State, Insurance, Pension, Foreign, Private Equity, Individual | 股东类型
);

CREATE TABLE shareholding ( -- top five shareholders of each company at year end | 股东持股
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company | 公司编号
  fiscal_year INTEGER NOT NULL, -- year end | 财年
  holder_rank INTEGER NOT NULL, -- rank by size, 1 is the largest | 股东排名
  shareholder_id INTEGER NOT NULL REFERENCES shareholder (shareholder_id), -- shareholder | 股东编号
  holding_percent REAL NOT NULL, -- share of the company held in percent | 持股比例
  PRIMARY KEY (company_id, fiscal_year, holder_rank)
);

CREATE TABLE announcement ( -- notices published by companies | 公司公告
  announcement_id INTEGER PRIMARY KEY, -- announcement identifier | 公告编号
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company | 公司编号
  publish_date TEXT NOT NULL, -- date of publication | 发布日期
  category TEXT NOT NULL, -- Annual Report, Share Buyback, Acquisition, Litigation, Contract Win, Management Change | 公告类别
  title TEXT NOT NULL -- title of the notice | 公告标题
);

-- Research ---------------------------------------------------------------------------------------

CREATE TABLE broker ( -- securities brokers that publish research | 券商
  broker_id INTEGER PRIMARY KEY, -- broker identifier | 券商编号
  broker_name TEXT NOT NULL, -- English name of the broker | 券商名称
  broker_name_cn TEXT NOT NULL, -- Chinese name of the broker | 券商中文名称
  city TEXT NOT NULL -- city of the head office | 总部城市
);

CREATE TABLE analyst ( -- research analysts | 分析师
  analyst_id INTEGER PRIMARY KEY, -- analyst identifier | 分析师编号
  analyst_name TEXT NOT NULL, -- English name of the analyst | 分析师姓名
  analyst_name_cn TEXT NOT NULL, -- Chinese name of the analyst | 分析师中文姓名
  broker_id INTEGER NOT NULL REFERENCES broker (broker_id), -- employer | 所属券商
  industry_id INTEGER NOT NULL REFERENCES industry (industry_id), -- industry covered | 覆盖行业
  education TEXT NOT NULL, -- highest degree: Bachelor, Master, Doctorate, MBA | 最高学历
  experience_years INTEGER NOT NULL -- years of experience | 从业年限
);

CREATE TABLE analyst_rating ( -- stock ratings given by analysts | 分析师评级
  rating_id INTEGER PRIMARY KEY, -- rating identifier | 评级编号
  analyst_id INTEGER NOT NULL REFERENCES analyst (analyst_id), -- analyst | 分析师编号
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company rated | 公司编号
  rating_date TEXT NOT NULL, -- date of the rating | 评级日期
  rating TEXT NOT NULL, -- Buy, Overweight, Hold, Underweight, Sell | 评级
  target_price REAL NOT NULL -- target price in CNY | 目标价
);

CREATE TABLE earnings_forecast ( -- consensus forecasts made before the year starts | 盈利预测
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company | 公司编号
  fiscal_year INTEGER NOT NULL, -- year forecast | 预测年度
  forecast_revenue REAL NOT NULL, -- expected revenue | 预测营业收入
  forecast_net_profit REAL NOT NULL, -- expected net profit | 预测净利润
  analyst_count INTEGER NOT NULL, -- number of analysts behind the consensus | 预测分析师数
  PRIMARY KEY (company_id, fiscal_year)
);

-- Indices ----------------------------------------------------------------------------------------

CREATE TABLE market_index ( -- stock market indices | 市场指数
  index_id INTEGER PRIMARY KEY, -- index identifier | 指数编号
  index_code TEXT NOT NULL UNIQUE, -- index code | 指数代码
  index_name TEXT NOT NULL, -- English name of the index | 指数名称
  index_name_cn TEXT NOT NULL, -- Chinese name of the index | 指数中文名称
  base_date TEXT NOT NULL, -- date when the index stood at its base value | 基准日期
  base_value REAL NOT NULL -- value at the base date | 基点
);

CREATE TABLE index_member ( -- members of an index | 指数成分股
  index_id INTEGER NOT NULL REFERENCES market_index (index_id), -- index | 指数编号
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- member company | 公司编号
  weight_percent REAL NOT NULL, -- weight at the end of 2024 in percent | 权重
  PRIMARY KEY (index_id, company_id)
);

CREATE TABLE index_price ( -- daily index levels | 指数行情
  index_id INTEGER NOT NULL REFERENCES market_index (index_id), -- index | 指数编号
  trade_date TEXT NOT NULL, -- trading day | 交易日期
  open_value REAL NOT NULL, -- opening level | 开盘点位
  high_value REAL NOT NULL, -- highest level | 最高点位
  low_value REAL NOT NULL, -- lowest level | 最低点位
  close_value REAL NOT NULL, -- closing level | 收盘点位
  PRIMARY KEY (index_id, trade_date)
) WITHOUT ROWID;

-- Funds ------------------------------------------------------------------------------------------

CREATE TABLE fund_company ( -- fund management companies | 基金公司
  fund_company_id INTEGER PRIMARY KEY, -- fund company identifier | 基金公司编号
  fund_company_name TEXT NOT NULL, -- English name of the fund company | 基金公司名称
  fund_company_name_cn TEXT NOT NULL, -- Chinese name of the fund company | 基金公司中文名称
  city TEXT NOT NULL, -- city of the head office | 总部城市
  founded_year INTEGER NOT NULL, -- year of foundation | 成立年份
  registered_capital REAL NOT NULL -- registered capital | 注册资本
);

CREATE TABLE fund_type ( -- kinds of funds | 基金类型
  fund_type_id INTEGER PRIMARY KEY, -- fund type identifier | 基金类型编号
  type_name TEXT NOT NULL, -- Equity, Mixed, Bond, Money Market, Index, Global, Pension | 类型名称
  type_name_cn TEXT NOT NULL, -- Chinese name of the type | 类型中文名称
  risk_level TEXT NOT NULL -- Low, Medium, High | 风险等级
);

CREATE TABLE fund ( -- mutual funds | 基金
  fund_id INTEGER PRIMARY KEY, -- fund identifier | 基金编号
  fund_code TEXT NOT NULL UNIQUE, -- fund code | 基金代码
  fund_name TEXT NOT NULL, -- English name of the fund | 基金名称
  fund_name_cn TEXT NOT NULL, -- Chinese name of the fund | 基金中文名称
  fund_company_id INTEGER NOT NULL REFERENCES fund_company (fund_company_id), -- fund company | 基金公司
  fund_type_id INTEGER NOT NULL REFERENCES fund_type (fund_type_id), -- type of the fund | 基金类型
  bank_id INTEGER NOT NULL REFERENCES bank (bank_id), -- custodian bank | 托管银行
  benchmark_index_id INTEGER REFERENCES market_index (index_id), -- benchmark index, empty if none | 业绩基准指数
  inception_date TEXT NOT NULL, -- date when the fund started | 成立日期
  management_fee REAL NOT NULL, -- management fee in percent a year | 管理费率
  custody_fee REAL NOT NULL, -- custody fee in percent a year | 托管费率
  minimum_purchase REAL NOT NULL, -- smallest purchase in CNY | 最低申购金额
  status TEXT NOT NULL -- Open, Suspended | 申购状态
);

CREATE TABLE fund_manager ( -- fund managers | 基金经理
  manager_id INTEGER PRIMARY KEY, -- manager identifier | 经理编号
  manager_name TEXT NOT NULL, -- English name of the manager | 经理姓名
  manager_name_cn TEXT NOT NULL, -- Chinese name of the manager | 经理中文姓名
  fund_company_id INTEGER NOT NULL REFERENCES fund_company (fund_company_id), -- employer | 基金公司
  gender TEXT NOT NULL CHECK (gender IN ('Female', 'Male')), -- Female or Male | 性别
  birth_year INTEGER NOT NULL, -- year of birth | 出生年份
  education TEXT NOT NULL, -- highest degree: Bachelor, Master, Doctorate, MBA | 最高学历
  career_start_date TEXT NOT NULL -- first day in the profession | 从业日期
);

CREATE TABLE fund_management ( -- who managed which fund, and when | 基金任职
  fund_id INTEGER NOT NULL REFERENCES fund (fund_id), -- fund | 基金编号
  manager_id INTEGER NOT NULL REFERENCES fund_manager (manager_id), -- manager | 经理编号
  start_date TEXT NOT NULL, -- first day in charge | 任职开始日期
  end_date TEXT, -- last day in charge, empty if still in charge | 任职结束日期
  PRIMARY KEY (fund_id, manager_id)
);

CREATE TABLE fund_nav ( -- weekly net asset values of funds | 基金净值
  fund_id INTEGER NOT NULL REFERENCES fund (fund_id), -- fund | 基金编号
  nav_date TEXT NOT NULL, -- date of the value | 净值日期
  unit_nav REAL NOT NULL, -- net asset value per unit in CNY | 单位净值
  accumulated_nav REAL NOT NULL, -- unit value plus all distributions in CNY | 累计净值
  weekly_return REAL NOT NULL, -- return since the week before in percent | 周收益率
  PRIMARY KEY (fund_id, nav_date)
) WITHOUT ROWID;

CREATE TABLE fund_scale ( -- size of funds at quarter end | 基金规模
  fund_id INTEGER NOT NULL REFERENCES fund (fund_id), -- fund | 基金编号
  report_date TEXT NOT NULL, -- quarter end | 报告期
  net_assets REAL NOT NULL, -- net assets | 资产净值
  total_units REAL NOT NULL, -- units outstanding in millions | 总份额（百万份）
  holder_count INTEGER NOT NULL, -- number of investors | 持有人户数
  PRIMARY KEY (fund_id, report_date)
);

CREATE TABLE asset_allocation ( -- what funds are invested in at quarter end | 资产配置
  fund_id INTEGER NOT NULL REFERENCES fund (fund_id), -- fund | 基金编号
  report_date TEXT NOT NULL, -- quarter end | 报告期
  stock_percent REAL NOT NULL, -- share of stocks in percent | 股票占比
  bond_percent REAL NOT NULL, -- share of bonds in percent | 债券占比
  cash_percent REAL NOT NULL, -- share of cash in percent | 现金占比
  PRIMARY KEY (fund_id, report_date)
);

CREATE TABLE fund_holding ( -- ten largest stock holdings of funds at quarter end | 基金重仓股
  fund_id INTEGER NOT NULL REFERENCES fund (fund_id), -- fund | 基金编号
  report_date TEXT NOT NULL, -- quarter end | 报告期
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- company held | 持仓公司
  weight_percent REAL NOT NULL, -- share of the fund's net assets in percent | 占净值比例
  share_count REAL NOT NULL, -- shares held in thousands | 持股数（千股）
  market_value REAL NOT NULL, -- market value of the holding | 持仓市值
  PRIMARY KEY (fund_id, report_date, company_id)
);

CREATE TABLE fund_distribution ( -- cash paid out by funds | 基金分红
  fund_id INTEGER NOT NULL REFERENCES fund (fund_id), -- fund | 基金编号
  ex_date TEXT NOT NULL, -- ex-distribution date | 除息日
  amount_per_unit REAL NOT NULL, -- cash per unit in CNY | 每份分红
  PRIMARY KEY (fund_id, ex_date)
);

CREATE TABLE fund_rating ( -- yearly star ratings of funds | 基金评级
  fund_id INTEGER NOT NULL REFERENCES fund (fund_id), -- fund | 基金编号
  agency TEXT NOT NULL, -- rating agency | 评级机构
  rating_date TEXT NOT NULL, -- date of the rating | 评级日期
  stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5), -- stars from 1 to 5, 5 is best | 星级
  PRIMARY KEY (fund_id, agency, rating_date)
);

-- Bonds ------------------------------------------------------------------------------------------

CREATE TABLE bond ( -- bonds issued by listed companies | 债券
  bond_id INTEGER PRIMARY KEY, -- bond identifier | 债券编号
  bond_code TEXT NOT NULL UNIQUE, -- bond code | 债券代码
  bond_name TEXT NOT NULL, -- English name of the bond | 债券名称
  bond_name_cn TEXT NOT NULL, -- Chinese name of the bond | 债券中文名称
  company_id INTEGER NOT NULL REFERENCES company (company_id), -- issuer | 发行人
  bond_type TEXT NOT NULL, -- Corporate Bond, Convertible Bond, Green Bond, Medium-Term Note | 债券类型
  issue_date TEXT NOT NULL, -- date of issue | 发行日期
  maturity_date TEXT NOT NULL, -- date of maturity | 到期日期
  coupon_rate REAL NOT NULL, -- coupon in percent a year | 票面利率
  issue_amount REAL NOT NULL -- amount issued | 发行金额
);

CREATE TABLE bond_rating ( -- credit ratings of bonds | 债券评级
  bond_id INTEGER NOT NULL REFERENCES bond (bond_id), -- bond | 债券编号
  rating_date TEXT NOT NULL, -- date of the rating | 评级日期
  agency TEXT NOT NULL, -- rating agency | 评级机构
  rating TEXT NOT NULL, -- AAA, AA+, AA, AA-, A+, A | 信用评级
  outlook TEXT NOT NULL, -- Stable, Positive, Negative | 评级展望
  PRIMARY KEY (bond_id, rating_date)
);

CREATE TABLE bond_price ( -- month-end prices of bonds | 债券行情
  bond_id INTEGER NOT NULL REFERENCES bond (bond_id), -- bond | 债券编号
  trade_date TEXT NOT NULL, -- last trading day of the month | 交易日期
  clean_price REAL NOT NULL, -- price without accrued interest per 100 face value | 净价
  yield_to_maturity REAL NOT NULL, -- yield to maturity in percent | 到期收益率
  PRIMARY KEY (bond_id, trade_date)
) WITHOUT ROWID;

-- Macro economy ----------------------------------------------------------------------------------

CREATE TABLE macro_series ( -- macroeconomic series | 宏观指标
  series_id INTEGER PRIMARY KEY, -- series identifier | 指标编号
  series_name TEXT NOT NULL, -- English name of the series | 指标名称
  series_name_cn TEXT NOT NULL, -- Chinese name of the series | 指标中文名称
  country_code TEXT NOT NULL REFERENCES country (country_code), -- country | 国家代码
  category TEXT NOT NULL, -- Output, Prices, Labour, Trade, Money, Sentiment | 类别
  frequency TEXT NOT NULL, -- Monthly, Quarterly | 频率
  unit TEXT NOT NULL -- unit of the values | 单位
);

CREATE TABLE macro_value ( -- values of macroeconomic series | 宏观数据
  series_id INTEGER NOT NULL REFERENCES macro_series (series_id), -- series | 指标编号
  period_date TEXT NOT NULL, -- last day of the month or quarter | 统计日期
  value REAL NOT NULL, -- value in the unit of the series | 数值
  PRIMARY KEY (series_id, period_date)
) WITHOUT ROWID;

CREATE TABLE exchange_rate ( -- daily exchange rates against the yuan | 汇率
  currency_code TEXT NOT NULL REFERENCES currency (currency_code), -- foreign currency | 货币代码
  rate_date TEXT NOT NULL, -- trading day | 日期
  rate_to_cny REAL NOT NULL, -- yuan for one unit of the currency | 兑人民币汇率
  PRIMARY KEY (currency_code, rate_date)
) WITHOUT ROWID;

CREATE TABLE interest_rate ( -- month-end interest rates | 利率
  country_code TEXT NOT NULL REFERENCES country (country_code), -- country | 国家代码
  term TEXT NOT NULL, -- Overnight, 3M, 1Y, 10Y | 期限
  rate_date TEXT NOT NULL, -- last day of the month | 日期
  rate_percent REAL NOT NULL, -- interest rate in percent a year | 利率（%）
  PRIMARY KEY (country_code, term, rate_date)
);

CREATE INDEX stock_price_by_date ON stock_price (trade_date);
CREATE INDEX company_by_industry ON company (industry_id);
CREATE INDEX fund_nav_by_date ON fund_nav (nav_date);
CREATE INDEX fund_holding_by_company ON fund_holding (company_id, report_date);
CREATE INDEX fund_management_by_manager ON fund_management (manager_id);
CREATE INDEX analyst_rating_by_company ON analyst_rating (company_id, rating_date);
CREATE INDEX announcement_by_company ON announcement (company_id, publish_date);
CREATE INDEX shareholding_by_shareholder ON shareholding (shareholder_id);
CREATE INDEX bond_by_company ON bond (company_id);
