"""How the admin looks and what its side bar offers (django-unfold)."""

from django.templatetags.static import static
from django.urls import reverse_lazy

UNFOLD = {
    "SITE_TITLE": "政务门户管理",
    "SITE_HEADER": "政务门户管理",
    "SITE_SYMBOL": "account_balance",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda request: static("portal/img/favicon.svg"),
        }
    ],
    "THEME": "light",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": True,
    "STYLES": [
        lambda request: static("portal/css/tokens.css"),
        lambda request: static("portal/css/admin.css"),
    ],
    "SCRIPTS": [lambda request: static("portal/js/admin.js")],
    "COLORS": {
        "primary": {
            "50": "#eaf0f8",
            "100": "#d8e3f1",
            "200": "#c5d4e8",
            "300": "#98b4d6",
            "400": "#5f86b8",
            "500": "#32639d",
            "600": "#1c4a84",
            "700": "#183f71",
            "800": "#143862",
            "900": "#102b4c",
            "950": "#0a1d35",
        }
    },
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": [
            {
                "title": "工作",
                "items": [
                    {"title": "工作台", "icon": "desk", "link": reverse_lazy("desk:home")},
                    {"title": "待我审核", "icon": "fact_check", "link": reverse_lazy("desk:reviews")},
                    {
                        "title": "稿件",
                        "icon": "article",
                        "link": reverse_lazy("admin:publishing_article_changelist"),
                        "permission": "publishing.admin.may_see_articles",
                    },
                ],
            },
            {
                "title": "站点与栏目",
                "items": [
                    {
                        "title": "栏目",
                        "icon": "account_tree",
                        "link": reverse_lazy("admin:columns_column_changelist"),
                        "permission": "columns.admin.may_see_columns",
                    },
                    {
                        "title": "审核路线",
                        "icon": "route",
                        "link": reverse_lazy("admin:columns_reviewroute_changelist"),
                        "permission": "portal.admin.may_see_structure",
                    },
                    {
                        "title": "信箱",
                        "icon": "mail",
                        "link": reverse_lazy("admin:interaction_letterbox_changelist"),
                        "permission": "portal.admin.may_see_structure",
                    },
                    {
                        "title": "公开工作机构",
                        "icon": "account_balance",
                        "link": reverse_lazy("admin:disclosure_office_changelist"),
                        "permission": "portal.admin.may_see_structure",
                    },
                    {
                        "title": "站点",
                        "icon": "public",
                        "link": reverse_lazy("admin:portal_site_changelist"),
                        "permission": "portal.admin.may_see_structure",
                    },
                    {
                        "title": "应用链接",
                        "icon": "apps",
                        "link": reverse_lazy("admin:portal_applicationlink_changelist"),
                        "permission": "portal.admin.may_see_structure",
                    },
                ],
            },
            {
                "title": "机构与人员",
                "items": [
                    {
                        "title": "部门",
                        "icon": "corporate_fare",
                        "link": reverse_lazy("admin:portal_department_changelist"),
                        "permission": "portal.admin.may_see_structure",
                    },
                    {
                        "title": "人员",
                        "icon": "group",
                        "link": reverse_lazy("admin:portal_user_changelist"),
                        "permission": "portal.admin.may_see_people",
                    },
                    {
                        "title": "权限档案",
                        "icon": "key",
                        "link": reverse_lazy("desk:ledger"),
                        "permission": "columns.admin.may_see_ledger",
                    },
                    {
                        "title": "角色",
                        "icon": "badge",
                        "link": reverse_lazy("admin:columns_role_changelist"),
                        "permission": "columns.admin.may_see_ledger",
                    },
                ],
            },
            {
                "title": "安全",
                "items": [
                    {
                        "title": "登记地址",
                        "icon": "lan",
                        "link": reverse_lazy("admin:portal_registerednetwork_changelist"),
                        "permission": "portal.admin.may_see_safety",
                    },
                ],
            },
            {
                "title": "运行",
                "items": [
                    {
                        "title": "节假日与调休",
                        "icon": "calendar_month",
                        "link": reverse_lazy("admin:portal_calendarday_changelist"),
                        "permission": "portal.admin.may_see_structure",
                    },
                    {
                        "title": "日历年份",
                        "icon": "event_available",
                        "link": reverse_lazy("admin:portal_calendaryear_changelist"),
                        "permission": "portal.admin.may_see_structure",
                    },
                    {
                        "title": "参数",
                        "icon": "tune",
                        "link": reverse_lazy("admin:portal_parameter_changelist"),
                        "permission": "portal.admin.may_see_safety",
                    },
                    {
                        "title": "登录锁定",
                        "icon": "lock_clock",
                        "link": reverse_lazy("admin:portal_signinlock_changelist"),
                        "permission": "portal.admin.may_see_safety",
                    },
                    {
                        "title": "审计记录",
                        "icon": "history",
                        "link": reverse_lazy("admin:portal_auditentry_changelist"),
                        "permission": "portal.admin.may_see_audit",
                    },
                ],
            },
        ],
    },
}
