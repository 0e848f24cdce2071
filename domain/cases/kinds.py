"""The five kinds of case, and what a resident's words suggest: kind, danger, a question."""

import re
from bisect import bisect_right
from enum import StrEnum


class Kind(StrEnum):
    """What a resident comes with."""

    WISH = "wish"
    COMPLAINT = "complaint"
    HELP = "help"
    SUGGESTION = "suggestion"
    ENQUIRY = "enquiry"


# Whoever names a kind means it; of several the one that is named first.
NAMED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.WISH, re.compile(r"心愿|\bmy wish\b|\bwish(?:es)?\b", re.IGNORECASE)),
    (
        Kind.HELP,
        re.compile(
            r"求助|求救|救助(?!站|金|政策|标准)|救救|帮帮|请帮|帮忙|急需|走失|行动不便|没人照顾|无人照料|生活困难|\bhelp\b",
            re.IGNORECASE,
        ),
    ),
    (Kind.SUGGESTION, re.compile(r"建议|提议|倡议|构想|\bsuggest", re.IGNORECASE)),
    (Kind.COMPLAINT, re.compile(r"投诉|举报|控诉|\bcomplain", re.IGNORECASE)),
    (
        Kind.ENQUIRY,
        re.compile(
            r"咨询|请问|请教|想问|问一下|问下|询问|打听|了解一下|想知道"
            r"|\bI(?: would|'d)? (?:like|want) to (?:know|ask)\b",
            re.IGNORECASE,
        ),
    ),
)

# What the words tell without naming it; the first row with a match decides. Somebody's conduct comes before the thing
# that is broken, and the thing before the wish for a new one or the question when it will be there.
TOLD: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.COMPLAINT,
        re.compile(
            r"扰民|噪[音声]|吵[得到死闹人]|太吵|大吵|吵架|天天吵|堆[满放]|占.{0,2}车位|飞线|(?:楼道|家里|楼梯).{0,6}充电|搭[了建].{0,4}棚|(?:广场舞|音响|麻将).{0,6}(?:吵|声|音|扰|响)|乱[停放堆扔丢倒摆搭收排罚建象砍]|随[意便](?:停|排|倒|扔|更改|涨)"
            r"|违[建搭章规法反停约]|非法|不?合法吗|违背|占[道用]|霸占|侵占|强占|被占|占了|堵住|挡住[了]?(?:路|门|车|通道)|私自|擅自|私收"
            r"|偷[偷排倒拍]|偷工减料|[欺诈哄行]骗|骗[钱人子取]|传销|诈骗|跑路|六合彩|赌博|欺[负压诈]|克扣|拖欠|拖延|恶意|恶劣|故意|暴利|天价"
            r"|强[制迫行]|威胁|殴打|骂人|受贿|收受|收费.{0,2}(?:太|过|高|贵|合理|不)|收取|收钱|多收|乱罚|造假|作假|舞弊|虚假|伪造|涉嫌|霸王|垄断|开除"
            r"|不作为|乱作为|渎职|失职|推诿|踢皮球|敷衍|忽悠|刁难|为难|不负责|不理(?![解想])|不管(?!怎|什么|哪|是|在)|坐视|没人管|无人管|无人查|没有?人?管|态度|怠慢|效率太?低"
            r"|不公[平正]?|不退|不还|不给|不让|不发|不交|拒[绝不收]|维权|权益|反对|质疑|污染|排[污放]|油烟|(?:烧烤|夜宵).{0,8}[烟味占扰吵]|臭味|飙车|逃逸"
            r"|遛狗|狗不?[牵拴叫咬]|烧垃圾|抽烟|插队|严查|查处|严惩|打击|取缔|关停|整[治顿]|问责|黑车|拒载|太过分|太差|插手|黑幕|围标"
            r"|(?:物业|居委会|社区|街道|部门|老板|邻居|楼上|楼下|隔壁|司机|保安|师傅).{0,6}(?:不[修管理让来给清收]|天天|半夜|总是|老是|整天)"
            r"|延期交房|质量问题|开发商|不合理|不合规|不规范|乱象|挪用|利用职务|破坏|干扰|指定.{0,6}买|行径|侵害|谋[取利]"
            r"|\b(?:noise|noisy|loud|rude|illegal\w*|cheat\w*|scam|bribe\w*|smok\w+|bark\w*|overcharg\w*)\b"
            r"|\bblock(?:s|ed|ing)? (?:the|my|our)\b|\b(?:refuse|ignore)[sd]?\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.HELP,
        re.compile(
            r"坏[了掉的]|[都又还]坏|损坏|破[了损裂烂]|破烂|断[了裂]|裂[了缝开]|开裂|脱落|掉[了下落]|塌|松[了动]|漏[水电雨气]|渗水|滴水|积水|堵[了塞]|不通"
            r"|停[水电气暖]|没[有了]?(?:水|电|气|暖|灯|人修|信号)|不亮|不[走转]了|不能用|用不了|打不开|关不上|失灵|出错|故障|瘫痪|年久失修|陈旧|老化"
            r"|爆[了裂管]|(?:水|气|暖)管爆|坑洼|[大个]坑|不平|不热|不[出来]水|黑了|怪味|异味|发臭|太臭|挡住|满了|没人[收扫修清]|漆黑|黑灯|太黑|看不见|看不清|泛滥|成灾|白蚁|老鼠|蟑螂|积雪|结冰|化粪池|修复|修[一剪理]|维修|抢修|检修|难题|困[难境]"
            r"|[用出住行水电转]难|不便|隐患|危险|丢[了失]|不见了|弄丢|找不到|没有?收到|未收到|还没[到发有收]|缺[少乏]|不足|不够|少了"
            r"|没[有了](?!.{0,8}(?:吗|[?？]))|睡不着|请求解决|恳请解决|求解决|请求改善|请求缓解|请解决|补偿|赔偿|救灾|受灾"
            r"|\bbroken\b|\bleak\w*|\bburst\b|\bstuck\b"
            r"|\bout of (?:order|service)\b|\bno (?:water|power|light|heat\w*|gas)\b"
            r"|\b(?:does|do|did)(?: not|n't) work\b|\b(?:is|are)(?: not|n't) working\b"
            r"|\bblocked\b|\bmissing\b|\bdamaged\b|\bfell down\b"
            r"|\b(?:repair|fix)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.WISH,
        re.compile(
            r"(?:希望|盼望?|[期渴]盼|恳?请求?|呼吁|能不?能?|可不可以|能否|可否|要是|想要?|要求|让我们)[^。，,！!？?]{0,16}?"
            r"(?:有[一个条盏把]?(?!关|没|人|效|望|待|力|意)|[安加]?装|放[个一]|加(?!强|快|大|以|薪)|添|修建|新建|建[个一地立设]|设[个一立置]|增|开通|延[长伸至]|多[来派开几]"
            r"|给[我们孩老]|贯穿|连通|拓宽|配备|安排一)"
            r"|想要|\b(?:would|I'd|we'd) (?:like|love)\b|\bcould we (?:have|get)\b|\bit would be (?:nice|great)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.SUGGESTION,
        re.compile(
            r"(?:希望|呼吁|恳?请求?|望|让|宜|应该?|最好)[^。，,！!？?]{0,16}?(?:改为|改成|调整|优化|规范|加强|加快|推广|放[宽开]|取消|统一|规划|科学|重视|迁[往到至])"
            r"|\bit would be better\b|\bshould (?:be|have)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.ENQUIRY,
        re.compile(
            r"[吗呢][?？。！!~～\s]*(?:$|\n)|[?？]|何时|什么时[候间]|[几多]久|几点|多少钱|怎[么样](?:报|申|缴|交|查|领|开|办|去|走|联|预)|如何|怎样|在哪|哪里|去哪"
            r"|(?:什么|哪些)(?:材料|手续|证件|条件|流程|政策|时间|计划|情况)|是否|能否|可否|可以.{0,12}吗|为[何什]|政策是|有没有|有无"
            r"|^(?:how|where|when|what|who|which|can|could|may|do|does|is|are)\b"
            r"|\bhow (?:do|can|to|much|long)\b|\bwhere (?:do|can|is)\b",
            re.IGNORECASE,
        ),
    ),
)
BEGINNING = 60
"""People say first what they come for: what these first characters tell goes before all that follows."""

# The words around make harmless what only sounds alike: 贫|困人|口, 年轻|生命, 落水|管, 打人|工台.
ANYBODY = "(?:人(?!员|家)|老人|孩子|小孩|大爷|大妈|奶奶|爷爷|老太太)"
SOMEBODY = rf"(?:[一二两三四五六几\d]个)?{ANYBODY}"
ACUTE = re.compile(
    rf"(?<!贫)困人|被困(?!难|扰|惑)|(?<!贫)困在|电梯.{{0,3}}困了{SOMEBODY}|电梯.{{0,4}}关[了着住]?{SOMEBODY}(?!怎)|关在了?电梯"
    r"|电梯.{0,6}里面有人|起火(?!锅|车)|失火|浓烟|冒烟|冒火|救命(?!稻草|恩人|钱)"
    r"|(?<!通)(?<!装)燃气(?!费|缴|卡|表|公司|安装|开通|开户|改造|灶|热水器|管|什么时候|怎么|在哪)|一氧化碳"
    r"|煤气(?!费|缴|卡|表|公司|罐换|罐在哪|灶|什么时候|怎么|在哪)|天然气(?:泄|漏|味)|(?<![轮车]胎)漏气"
    r"|触电|漏电(?!保护)|爆炸|坍塌|塌方(?!式)|(?<!防)溺水|落水(?!管|口|井|斗|沟|洞)"
    r"|坠楼|跳楼(?!价|机|甩)|轻生(?!命|活|意)|自杀|昏迷|晕倒|心梗"
    r"|不想活|割腕|杀人|家暴|楼板塌|要塌了|塌下来|掉(?:进|下|到)?[井水河]里|不省人事|倒在地上|血流不止"
    r"|喘不上气|大出血|心脏病[发犯]|心脏骤停|脑溢血|脑出血|突发(?:急病|疾病)|抽搐|呼吸困难|没有?呼吸|叫不醒"
    r"|持刀|动刀|拿着?刀(?!具)|捅人|捅伤|被捅|砍人|(?<!拨)打人(?!工|社|行|民)"
    r"|\bon fire\b|\bthere(?: is|'s) (?:a )?fire\b|\bgas (?:leak|smell)|\bsmell(s|ing)? (of )?gas|\btrapped\b"
    r"|\bdrowning\b|\bstuck in (?:the |an? )?(?:lift|elevator)\b|\bunconscious\b|\bnot breathing\b"
    r"|\bheart attack\b|\bstabbed\b|\bsuicid",
    re.IGNORECASE,
)
# What people also speak of because they fear it, or know it from the past: then nobody is in danger now.
FEARED = re.compile(
    "怕|担心|防止|预防|防着|防火|以免|避免|万一|差点|容易|易摔|易砸|经常|时常|总是|如果|要是|(?<![开社协])会(?![议所计馆展场员])"
)
OFTEN_FEARED = re.compile(
    rf"火灾(?!隐患|风险|保险)|着火(?!车|点)|砸[到中伤]了?.{{0,3}}{ANYBODY}(?!怎么办|谁)|{ANYBODY}.{{0,2}}被.{{0,6}}砸[到中伤]"
    rf"|{ANYBODY}.{{0,6}}(?:摔倒|跌倒|摔伤)(?=[了在，。！,.!\s]|起不来|$)"
    r"|水.{0,3}[淹灌漫涌][进入到]了?.{0,3}[屋家房室厅]"
)
CLAUSE_END = re.compile(r"[，,。.；;！!？?\s]")

QUESTION = re.compile(r"([?？]|吗|可否|是否方便)[\s。.~～!！)）]*$")


def guess_kind(text: str) -> Kind | None:
    """Return the kind that the words suggest; None where they leave it open. The resident can change it on the card."""
    scopes = (text[:BEGINNING], text) if len(text) > BEGINNING else (text,)
    return next((kind for scope in scopes if (kind := _named(scope) or _told(scope))), None)


def kind_of(text: str) -> Kind:
    """Return the kind under which words are kept until somebody says another: what is open is taken as 求助."""
    return guess_kind(text) or Kind.HELP


def _named(text: str) -> Kind | None:
    found = [(match.start(), kind) for kind, pattern in NAMED if (match := pattern.search(text))]
    return min(found)[1] if found else None


def _told(text: str) -> Kind | None:
    return next((kind for kind, pattern in TOLD if pattern.search(text)), None)


def speaks_of_danger(text: str) -> bool:
    """Whether the words tell of danger to life (困人, 燃气, 着火 …), which is answered at once with 119/110/120."""
    return ACUTE.search(text) is not None or _is_told(text)


def _is_told(text: str) -> bool:
    """Whether a clause speaks of what people often fear, and does not only fear it. Each clause is read once."""
    begins = [0, *(found.end() for found in CLAUSE_END.finditer(text))]
    feared = -1
    for found in OFTEN_FEARED.finditer(text):
        clause = begins[bisect_right(begins, found.start()) - 1]
        if clause != feared and not FEARED.search(text, clause, found.end()):
            return True
        feared = clause
    return False


def is_question(text: str) -> bool:
    """Whether a worker's words ask the resident something, so that the case waits for the answer."""
    return QUESTION.search(text.strip()) is not None
