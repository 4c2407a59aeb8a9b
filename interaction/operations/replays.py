"""A form is good for one thing: sent twice it is that one thing; with other words in it it is handed out anew."""

from portal.workflow import Refused


class AnotherThing(Refused):
    """The form was sent before and said something else."""

    def __init__(self) -> None:
        super().__init__("这份表单刚才已经提交过别的内容；这次的还没有收下，请再按一次按钮")
