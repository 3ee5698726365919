package dev.berth.enrollment;

/** The newest sync of each instance. */
public interface SyncRuns extends Runs<SyncRun> {}
