"""The features, each a folder beside this module: the table of contents of the product.

Their order is that of the commands in Telegram's menu and in /help, and of the buttons that share a row. Three more
have nothing to press: `progress`, which takes workers' replies, `small_talk`, which answers it, and `operator`, which
has words alone.
"""

from handlers import (
    accept,
    assign,
    assist,
    audit,
    away,
    case_file,
    category,
    draft,
    escalate,
    extension,
    groups,
    guide,
    hand_over,
    language,
    link,
    merge,
    nudge,
    objection,
    open_cases,
    organisation,
    own_cases,
    place,
    policy,
    prompts,
    proxy,
    questions,
    refuse,
    resolve,
    revisit,
    split,
    supplement,
    todo,
    transfer,
    urgency,
    verdict,
    welcome,
    withdraw,
    without_reply,
)
from handlers.feature import Feature

FEATURES: tuple[Feature, ...] = (
    welcome.FEATURE,  # /start
    draft.FEATURE,  # a resident writes, and submits
    own_cases.FEATURE,  # /my
    supplement.FEATURE,  # 补充
    without_reply.FEATURE,  # 不是，这是新的事
    nudge.FEATURE,  # 催办
    withdraw.FEATURE,  # 撤回
    place.FEATURE,  # where a case is that was raised without a place
    verdict.FEATURE,  # 已解决, 未解决, and the rating
    objection.FEATURE,  # 不同意
    questions.FEATURE,  # 跳过
    accept.FEATURE,  # 接单
    resolve.FEATURE,  # 办结
    revisit.FEATURE,  # 回访
    assist.FEATURE,  # 协办
    extension.FEATURE,  # 延期, and 同意, 不同意 of those who rule on it
    transfer.FEATURE,  # 转派, 退单
    escalate.FEATURE,  # 上报
    refuse.FEATURE,  # 不予受理
    prompts.FEATURE,  # what these ask in private
    urgency.FEATURE,  # 紧急, 不紧急
    hand_over.FEATURE,  # 换人
    category.FEATURE,  # 改事项
    todo.FEATURE,  # /todo
    case_file.FEATURE,  # /case
    merge.FEATURE,  # 归并, /merge, /unmerge
    split.FEATURE,  # 拆分, /split
    proxy.FEATURE,  # /proxy
    away.FEATURE,  # /away, /back
    groups.FEATURE,  # /bind
    open_cases.FEATURE,  # /cases
    assign.FEATURE,  # /assign
    link.FEATURE,  # /link
    organisation.FEATURE,  # /units, /members
    policy.FEATURE,  # /policy
    audit.FEATURE,  # /audit
    language.FEATURE,  # /language
    guide.FEATURE,  # /help
)

COMMANDS = tuple(command for feature in FEATURES for command in feature.commands)
