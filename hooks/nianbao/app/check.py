"""All mistakes of all files."""

from nianbao.pipeline.build import check_data
from nianbao.pipeline.data_folder import DataFolder, read_data_folder

__all__ = ["DataFolder", "check_data", "read_data_folder"]
