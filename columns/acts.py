"""Which operation a button of the ledger calls, and what is said when it is done."""

from columns import operations

ACTS = {
    "consent": (operations.consent, "已同意：{}。网管办理授权后生效。"),
    "refuse": (operations.refuse, "已答复不同意：{}"),
    "execute": (operations.execute, "已授权：{}，即刻生效。"),
    "take_back": (operations.take_back, "已撤回：{}"),
    "suspend": (operations.suspend, "已暂停：{}，权限即刻停用。"),
    "resume": (operations.resume, "已恢复：{}"),
    "revoke": (operations.revoke, "已注销：{}，权限即刻收回。"),
}
"""Every verb of the workflow that a person fires, by name: the operation, what is said."""
