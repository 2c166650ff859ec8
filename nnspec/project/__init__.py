"""What a project keeps under baselines/, and the full report that puts it beside what a run found."""
