"""The registers that reports refer to: districts and indicators."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nianbao.model.base import Frozen, Name, Slug, Some, Word


class District(Frozen):
    """An organisation's area. A field that nobody told is left out."""

    slug: Slug = Field(description="代号：用在网址和文件夹的名字里，小写拼音，发布后不再改")
    name: Word = Field(description="简称，如 西固")
    full_name: Name | None = Field(None, description="全称，如 甘肃省兰州市西固区")
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] | None = Field(
        None, description="GB/T 2260 六位行政区划代码"
    )
    city: Name | None = Field(None, description="所属地市")
    province: Name | None = Field(None, description="所属省份")
    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")] = Field(
        "#c8161d", description="代表色，#rrggbb，小写"
    )
    wechat: Name | None = Field(None, description="公众号名称")


class Indicator(Frozen):
    """What makes figures of different years and districts comparable."""

    id: Slug = Field(description="指标代号，报告里引用它")
    name: Name = Field(description="指标名称，如 新发展团员")
    unit: Word = Field(description="单位，如 名")
    aliases: Some[Name] = Field((), description="正文里的其他说法，导入时用来认指标")
    aggregate: Literal["sum", "none"] = Field("sum", description="sum：各地可以相加；none：不可相加（如比率）")
