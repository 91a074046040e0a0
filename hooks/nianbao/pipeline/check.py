"""All mistakes of a data folder, and all that is to be looked at in drafts, found in parallel."""

from __future__ import annotations

from pathlib import Path

from nianbao.errors import DataError
from nianbao.pipeline.data_folder import DataFolder
from nianbao.pipeline.jobs import DistrictJob, Workshop, run_district_job
from nianbao.pipeline.workers import open_crew
from nianbao.views.page.site import SiteView


def check_data(
    folder: DataFolder, *, draws: bool = True, workers: int = 0, remarks: list[str] | None = None
) -> tuple[DataError, ...]:
    """Return every mistake of every file and every open entry of a draft, sorted; makes nothing.

    `draws` is whether pictures are to be made. `remarks` gets what is no mistake, and yet not as its author may think:
    a photo that is not published.
    """
    workshop = Workshop(
        folder.root, (), Path(), folder.districts, folder.indicators, {}, SiteView.empty(), (),
        "check" if draws else "",
    )  # fmt: skip
    jobs = [DistrictJob(slug, tuple(map(str, paths)), None) for slug, paths in folder.paths.items()]
    report_count = sum(len(job.paths) for job in jobs)
    with open_crew(workshop, report_count=report_count, workers=workers) as crew:
        results = list(crew.run(run_district_job, jobs, weigh=lambda job: len(job.paths)))
    if remarks is not None:
        remarks += sorted({notice for result in results for notice in result.notices})
    told = (error for result in results for error in (*result.errors, *result.doubts))
    return tuple(sorted({*folder.errors, *told}))
