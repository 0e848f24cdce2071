"""The usual categories of a neighbourhood office, for a desk whose organisation file names none."""

from collections.abc import Mapping

from domain.organisation.categories import Categories, Category

USUAL: Mapping[str, Mapping[str, str]] = {
    "市政设施": {
        "路灯": "路灯 街灯 灯不亮 漆黑 黑灯 照明 street_light streetlight street_lamp streetlamp",
        "道路": "路面 道路 坑洼 人行道 盲道 修路 烂路 泥路 公路 马路 桥梁 施工 pothole road",
        "井盖": "井盖 窨井 阴井 manhole",
        "供水": "停水 没水 水压 自来水 水管 爆管 供水 水表 水质 no_water water_pipe",
        "供电": "停电 没电 跳闸 电压 电线 电表 变压器 供电 电力 电网 no_power power_cut",
        "燃气供暖": "燃气 煤气 天然气 暖气 供暖 供热 gas heating",
        "排水": "下水道 排水 积水 内涝 化粪池 污水管 下水 沟渠 sewer drain",
        "通信": "宽带 光纤 手机信号 基站 网络信号 5g broadband",
    },
    "环境卫生": {
        "垃圾": "垃圾 清运 保洁 环卫 脏乱 清扫 卫生死角 rubbish garbage trash",
        "楼道杂物": "楼道 杂物 堆放 堆满 clutter",
        "公厕": "公厕 厕所 toilet",
        "绿化": "绿化 树枝 草坪 修剪 树木 砍树 大树 杂草 tree",
        "虫鼠": "老鼠 蟑螂 蚊虫 白蚁 四害 rats cockroach",
    },
    "环境保护": {
        "噪音": "噪音 噪声 扰民 太吵 吵 广场舞 音响 noise noisy loud",
        "油烟异味": "油烟 臭味 异味 恶臭 臭气 刺鼻 烧烤 smell",
        "污染": "污染 排污 粉尘 扬尘 废气 废水 污水 黑臭 河道 环保 环境 焚烧 烧砖 养猪场 化工 pollution",
    },
    "物业房屋": {
        "物业": "物业 业委会 业主 小区管理 保安 门禁 property_manager",
        "电梯": "电梯 lift elevator",
        "房屋漏损": "漏水 渗水 外墙 墙皮 屋顶 屋面 墙体 裂缝 危房 leak",
        "违建": "违建 违章建筑 违章搭建 私搭 搭棚 占地",
        "购房": "开发商 交房 房产证 不动产 购房 买房 公积金 楼盘 房价 预售 首付 契税 办证难 烂尾",
        "征地拆迁": "拆迁 征地 征收 安置 棚改 棚户区 安置房 回迁",
        "住房保障": "公租房 廉租房 经适房 经济适用房 保障房 租房",
        "城市规划": "规划 城中村 建设 项目 开发区 地块 提质改造 旧改",
    },
    "交通出行": {
        "停车": "停车 车位 停车场 僵尸车 停车费 parking",
        "公共交通": "公交 地铁 轻轨 班车 站台 线路 高铁 火车 车站 城铁 bus metro",
        "出租车": "出租车 的士 网约车 打车 司机 滴滴 黑车 taxi",
        "交通秩序": "红绿灯 堵车 拥堵 斑马线 限行 货车 超速 逆行 交警 路口 掉头 天桥 traffic",
        "充电": "充电 充电桩 飞线 电动车 电瓶车 charging",
        "车辆驾照": "驾照 驾校 年检 车牌 驾驶证 高速 过路费 收费站",
        "快递物流": "快递 物流 货运 邮政 包裹",
    },
    "公共安全": {
        "消防": "消防 灭火器 消防通道 火灾 fire",
        "治安": "小偷 盗窃 被偷 赌博 打架 诈骗 传销 派出所 报警 警察 公安 theft police",
        "高空坠物": "高空抛物 高空坠物 抛物",
        "犬只": "遛狗 狗 恶犬 流浪狗 犬 dog",
    },
    "教育文体": {
        "教育": "学校 上学 入学 学区 学位 幼儿园 老师 学生 补课 高考 中考 教师 教育 小学 中学 高中 大学 学院"
        " 校长 班级 学费 培训班 家长 招生 毕业 教材 作业 school",
        "文体设施": "健身 球场 公园 图书馆 文化 体育 广场 篮球 游泳 博物馆 活动室 playground library",
    },
    "劳动社保": {
        "社保": "社保 养老保险 养老金 退休 失业 工伤 社会保险 缴费 参保 医保卡 退休金 工龄 pension",
        "劳动报酬": "工资 欠薪 拖欠 农民工 加班 劳动合同 劳动 民工 待遇 薪水 补贴 津贴 wages",
        "就业": "就业 招聘 创业 事业单位 编制 人才 职称 考试 招考 公务员 员工 公司 企业 单位 职工 jobs",
    },
    "医疗健康": {
        "医疗": "医院 看病 医生 门诊 药 手术 病人 患者 医疗 卫生院 卫生所 护士 诊所 hospital doctor",
        "医保": "医保 报销 新农合 合作医疗",
        "生育": "计生 计划生育 生育 二胎 二孩 独生子女 准生证 疫苗 社会抚养费 再婚 birth vaccine",
    },
    "民政救助": {
        "低保救助": "低保 救助 残疾 残联 特困 贫困 扶贫 welfare",
        "养老": "独居 养老院 送餐 孤寡 敬老院 老年 空巢 elderly",
        "婚丧": "结婚 离婚登记 殡葬 公墓 殡仪馆",
        "户籍证件": "户口 身份证 居住证 户籍 落户 上户",
    },
    "市场消费": {
        "消费": "退款 假货 价格 商家 预付 消费 购物 售后 超市 店铺 维权 涨价 refund",
        "食品": "食品 餐馆 过期 食堂 饭店 餐饮 food",
        "旅游": "景区 旅游 导游 酒店 景点 门票 古镇 风景 hotel",
        "金融": "贷款 银行 理财 集资 投资 p2p",
    },
    "邻里": {
        "邻里纠纷": "邻居 邻里 隔壁 纠纷 吵架 neighbour neighbor",
    },
    "农村": {
        "村务": "村委 村干部 村支书 村民 土地承包 宅基地 村里 农田 耕地",
    },
    "政务服务": {
        "办事": "窗口 政务 盖章 办事 审批 营业执照 证明",
    },
}
"""Groups, the categories in each, and the words by which each is known; "_" stands for a blank."""


def _all() -> tuple[Category, ...]:
    found = []
    for group, within in USUAL.items():
        found.append(Category(group))
        for name, words in within.items():
            found.append(Category(name, group, words=tuple(word.replace("_", " ") for word in words.split())))
    return tuple(found)


USUAL_CATEGORIES = Categories(_all())


def usual_words(name: str) -> tuple[str, ...]:
    """Return the words by which a category of this name is usually known; none where it is not a usual one."""
    usual = USUAL_CATEGORIES.named(name)
    return usual.words if usual else ()
