"""Many hands: documents are parsed and read by all cores of this machine or by a Dask cluster, in bounded memory.

`read_jobs` takes jobs and gives their readings in the order of the jobs, whoever finishes first: that is why a ledger
is the same with one worker, with many, and with a cluster. A `Crew` is who does the work: `Processes` or `Cluster`.
"""

from __future__ import annotations

from pledger.workers.cluster import ClusterError
from pledger.workers.read import cores, jobs, read_jobs
from pledger.workers.task import Job, Reading, Result, read_document, read_job

__all__ = ["ClusterError", "Job", "Reading", "Result", "cores", "jobs", "read_document", "read_job", "read_jobs"]
