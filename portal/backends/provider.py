"""Signing in through the office's OpenID Connect provider: who vouches is the provider, who may is the register."""

import logging
from typing import Any

import jwt
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import import_from_settings

from portal import operations, provider
from portal.models import User
from portal.spreadsheets import Line, Place
from portal.staff import number_of

ALGORITHMS = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "ES256",
    "ES384",
]  # only such as need the provider's own key
LEEWAY_SECONDS = 60
SETTINGS = {"OIDC_USE_PKCE": True, "OIDC_RP_SCOPES": "openid profile email", "OIDC_TIMEOUT": provider.SECONDS}
AWAY = "统一身份认证暂时连不上，请稍后再试；有本地密码的人员可用工号和密码登录。"
UNPROVEN = "统一身份认证的答复不可信，没有登录。请重新登录；仍不行请联系网管。"
log = logging.getLogger(__name__)


def setting(name: str, *default: Any) -> Any:
    """What the package asks for, from OIDC_* of the environment; endpoints when they are needed, not before."""
    known = {**SETTINGS, "OIDC_RP_CLIENT_ID": settings.OIDC.client_id}
    return known[name] if name in known else import_from_settings(name, *default)


class ProviderBackend(OIDCAuthenticationBackend):
    """Tells the request why not: `sign_in_refusal`, words for people, and `sign_in_status`."""

    get_settings = staticmethod(setting)
    OIDC_OP_TOKEN_ENDPOINT = property(lambda self: provider.endpoint("token"))
    OIDC_OP_USER_ENDPOINT = property(lambda self: provider.endpoint("userinfo"))
    OIDC_OP_JWKS_ENDPOINT = property(lambda self: provider.endpoint("jwks"))
    OIDC_RP_SIGN_ALGO, OIDC_RP_IDP_SIGN_KEY = "RS256", None

    def __init__(self) -> None:
        """Not the package's own, which would ask the provider whenever anybody's session is looked at."""
        self.OIDC_RP_CLIENT_ID = settings.OIDC.client_id
        self.OIDC_RP_CLIENT_SECRET = settings.OIDC.client_secret
        self.UserModel = User

    def authenticate(
        self, request: HttpRequest | None, *, nonce: str, code_verifier: str, **kwargs: Any
    ) -> User | None:
        """Only for an answer to a question this very browser was sent away with."""
        try:
            return super().authenticate(request, nonce=nonce, code_verifier=code_verifier)
        except provider.ProviderRefuses as error:  # a used code, a wrong secret
            return self._refuse(UNPROVEN, f"提供方拒绝：{error}")
        except provider.ProviderAway as error:
            return self._refuse(AWAY, f"连不上：{str(error)[:300]}", 503)
        except (SuspiciousOperation, jwt.PyJWTError, LookupError, TypeError, ValueError) as error:
            return self._refuse(UNPROVEN, f"答复不可信：{type(error).__name__} {error}")

    def get_token(self, payload: dict[str, Any]) -> dict[str, Any]:
        return provider.read("token", form=payload).json()

    def retrieve_matching_jwk(self, token: str) -> jwt.PyJWK:
        """The provider's key that the token names."""
        named = jwt.get_unverified_header(token)
        for key in provider.read("jwks").json()["keys"]:
            if key.get("kid") == named.get("kid") and key.get("alg", named["alg"]) == named["alg"]:
                return jwt.PyJWK(key)
        raise SuspiciousOperation("no key of the provider matches the token")

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        answer = provider.read("userinfo", bearer=access_token)
        if answer.headers.get("content-type", "").lower().startswith("application/jwt"):
            return self.verify_token(answer.body.decode())
        return answer.json()

    def get_payload_data(self, token: str, key: Any) -> dict[str, Any]:
        """Signed by the provider, made by it, for this portal, and still good."""
        return jwt.decode(
            token, key, algorithms=ALGORITHMS, audience=settings.OIDC.client_id, issuer=settings.OIDC.issuer,
            leeway=LEEWAY_SECONDS, options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )  # fmt: skip

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> User | None:
        """The registered, active person whose number the provider names."""
        claims = payload
        if settings.OIDC.staff_number_claim not in claims and self.OIDC_OP_USER_ENDPOINT:
            more = self.get_userinfo(access_token, id_token, payload)
            if more.get("sub") != payload["sub"]:
                return self._refuse(UNPROVEN, "userinfo 说的是另一个人")
            claims = {**more, **payload}
        number = number_of(str(claims.get(settings.OIDC.staff_number_claim) or ""))
        if not number:
            return self._refuse(
                "统一身份认证没有说明您的工号，没有登录。请联系网管。",
                f"缺少声明 {settings.OIDC.staff_number_claim}",
            )
        person = User.objects.filter(staff_number=number).first()
        if person is None and settings.OIDC.creates:
            person = operations.admit(_line(number, claims), settings.OIDC.name)
        if person is not None and person.is_active:
            return person
        operations.record_failed_sign_in(number, self.request.client_address)
        if person is None:
            return self._refuse(
                f"人员名册中没有工号“{number[:40]}”，没有登录。请联系网管登记。",
                f"名册中没有 {number[:40]!r}",
            )
        return self._refuse("您的账号已停用，没有登录。请联系网管。", f"{number!r} 已停用")

    def get_user(self, user_id: int) -> User | None:
        """A person who was disabled is out with the next click; the package's own lets them stay."""
        return User.objects.filter(pk=user_id, is_active=True).first()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Powers are the ledger's; whoever vouches for a person gives none."""
        return False

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def _refuse(self, told: str, logged: str, status: int = 403) -> None:
        log.warning("统一身份认证登录被拒：%s", logged)
        self.request.sign_in_refusal, self.request.sign_in_status = told, status


def _line(number: str, claims: dict[str, Any]) -> Line:
    """What the provider says of a person, as a row of the register's intake."""
    said = {"name": claims.get("name"), "email": claims.get("email"), "phone": claims.get("phone_number")}
    fields = {name: str(value) for name, value in said.items() if value}
    return Line(Place(settings.OIDC.name, sheet=number), {"staff_number": number, **fields})
