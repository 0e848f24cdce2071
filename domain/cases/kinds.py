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


# The first row with a match decides; a matter that matches none is a complaint, which has the shortest deadlines.
PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.WISH, re.compile(r"微心愿|心愿|\bmy wish\b|\bwish\b", re.IGNORECASE)),
    (
        Kind.HELP,
        re.compile(r"求助|救助|帮帮|请帮|帮忙|急需|走失|行动不便|没人照顾|无人照料|生活困难|\bhelp\b", re.IGNORECASE),
    ),
    (Kind.SUGGESTION, re.compile(r"建议|提议|倡议|\bsuggest", re.IGNORECASE)),
    (Kind.COMPLAINT, re.compile(r"投诉|举报|反映|扰民|乱停|乱放|违建|违规|不作为|\bcomplain", re.IGNORECASE)),
    (
        Kind.ENQUIRY,
        re.compile(
            r"咨询|请问|想问|问一下|怎么办理|如何办理|怎样办理|在哪办|在哪里办|什么时候能|什么条件|政策是"
            r"|怎么(?:报销|申请|缴费|查询|领取|开通|办理?[^。，,？?]{0,4}证)|(?:需要|要|带)(?:什么|哪些)(?:材料|手续|证件)"
            r"|\bhow (do|can|to)\b|\bwhere (do|can|is)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.WISH,
        re.compile(
            r"希望能?(有|装|加|添|修建|增|给)|想要|盼望?(有|能)|能不能(装|加|添|增|给|放)|可不可以(装|加|添|增|给|放)"
            r"|要是(有|能)|\bwould (like|love)\b",
            re.IGNORECASE,
        ),
    ),
)

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


def guess_kind(text: str) -> Kind:
    """Return the kind that the words suggest; the resident can change it on the draft card."""
    return next((kind for kind, pattern in PATTERNS if pattern.search(text)), Kind.COMPLAINT)


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
