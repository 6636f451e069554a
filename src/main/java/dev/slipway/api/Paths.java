package dev.slipway.api;

/// The routes of the contract, all below [#ROOT]. Braces mark path parameters.
public final class Paths {
    public static final String ROOT = "/api/v1";

    public static final String HEALTH = ROOT + "/health";
    public static final String OPENAPI = ROOT + "/openapi.json";
    public static final String SESSION = ROOT + "/session";
    public static final String PASSWORD = SESSION + "/password";
    public static final String USERS = ROOT + "/users";
    public static final String USER_DISABLE = USERS + "/{name}/disable";
    public static final String USER_ENABLE = USERS + "/{name}/enable";
    public static final String AUDIT = ROOT + "/audit";
    public static final String STREAM = ROOT + "/stream";
    public static final String SNAPSHOT = ROOT + "/snapshot";

    /// Looks up what became of a write: the path parameter is its `Idempotency-Key`.
    public static final String COMMAND = ROOT + "/commands/{key}";

    public static final String INTERVALS = ROOT + "/metrics/intervals";
    public static final String WINDOWS = ROOT + "/metrics/windows";

    public static final String QUEUES = ROOT + "/queues";
    public static final String JOB_BROKER = ROOT + "/job-broker";
    public static final String FAILURES = ROOT + "/failures";
    public static final String JOBS = ROOT + "/jobs";
    public static final String JOB = JOBS + "/{id}";
    public static final String JOB_LOG = JOB + "/log";
    public static final String JOB_RETRY = JOB + "/retry";
    public static final String JOB_DISCARD = JOB + "/discard";
    public static final String JOB_CANCEL = JOB + "/cancel";
    public static final String JOB_ATTEMPTS = JOB + "/attempts";
    public static final String JOB_WAIT = JOB + "/wait";
    public static final String QUEUE_PAUSE = QUEUES + "/{name}/pause";
    public static final String QUEUE_RESUME = QUEUES + "/{name}/resume";
    public static final String HOLDS = ROOT + "/holds";
    public static final String JOB_TYPES = ROOT + "/job-types";
    public static final String JOB_TYPE_PAUSE = JOB_TYPES + "/{type}/pause";
    public static final String JOB_TYPE_RESUME = JOB_TYPES + "/{type}/resume";
    public static final String JOB_TYPE_LIMIT = JOB_TYPES + "/{type}/limit";

    public static final String REPAIRS = ROOT + "/repairs";
    public static final String REPAIR = REPAIRS + "/{id}";
    public static final String REPAIR_START = REPAIR + "/start";
    public static final String REPAIR_PAUSE = REPAIR + "/pause";
    public static final String REPAIR_RESUME = REPAIR + "/resume";
    public static final String REPAIR_CANCEL = REPAIR + "/cancel";

    public static final String PLANS = ROOT + "/migrations/plans";
    public static final String RUNS = ROOT + "/migrations/runs";
    public static final String RUN = RUNS + "/{id}";
    public static final String RUN_PAUSE = RUN + "/pause";
    public static final String RUN_PACE = RUN + "/pace";
    public static final String RUN_RESUME = RUN + "/resume";
    public static final String RUN_CANCEL = RUN + "/cancel";
    public static final String RUN_CHUNKS = RUN + "/chunks";
    public static final String RUN_QUARANTINE = RUN + "/quarantine";
    public static final String RUN_QUARANTINE_REASONS = RUN_QUARANTINE + "/reasons";
    public static final String RUN_QUARANTINE_EXPORT = RUN_QUARANTINE + "/export";
    public static final String RUN_QUARANTINE_CORRECT = RUN_QUARANTINE + "/correct";
    public static final String RUN_QUARANTINE_ACCEPT = RUN_QUARANTINE + "/accept";
    public static final String RUN_QUARANTINE_REOPEN = RUN_QUARANTINE + "/reopen";
    public static final String RUN_QUARANTINE_REPLAY = RUN_QUARANTINE + "/replay";
    public static final String RUN_REPLAYS = RUN + "/replays";
    public static final String RUN_VALIDATIONS = RUN + "/validations";
    public static final String SYNCS = ROOT + "/migrations/syncs";
    public static final String RUN_SYNC = RUN + "/sync";
    public static final String RUN_SYNC_STOP = RUN_SYNC + "/stop";
    public static final String RUN_SYNC_PACE = RUN_SYNC + "/pace";

    public static final String INVOICE_RUNS = ROOT + "/invoice-runs";
    public static final String INVOICE_RUN = INVOICE_RUNS + "/{id}";
    public static final String INVOICE_RUN_INVOICES = INVOICE_RUN + "/invoices";
    public static final String INVOICE_RUN_RELEASE = INVOICE_RUN + "/release";
    public static final String INVOICE_RUN_RETRY = INVOICE_RUN + "/retry";
    public static final String INVOICE_RUN_DISCARD = INVOICE_RUN + "/discard";
    public static final String INVOICE = ROOT + "/invoices/{id}";
    public static final String INVOICE_PDF = INVOICE + "/pdf";
    public static final String INVOICE_RESEND = INVOICE + "/resend";

    public static final String LAUNCH = ROOT + "/launch";
    public static final String LAUNCH_WEIGHT = LAUNCH + "/weight";
    public static final String LAUNCH_HOLD = LAUNCH + "/hold";
    public static final String LAUNCH_RESUME = LAUNCH + "/resume";
    public static final String LAUNCH_ROLLBACK = LAUNCH + "/rollback";

    public static final String BROKERS = ROOT + "/brokers";
    public static final String BROKER_QUEUES = BROKERS + "/{broker}/queues";
    public static final String BROKER_LOOK = BROKERS + "/{broker}/look";
    public static final String BROKER_MOVE_PREVIEW = BROKERS + "/{broker}/moves/preview";
    public static final String BROKER_MOVES = BROKERS + "/{broker}/moves";

    public static final String CACHES = ROOT + "/metrics/caches";

    public static final String EXPORTS = ROOT + "/exports";
    public static final String EXPORT = EXPORTS + "/{id}";
    public static final String EXPORT_FILE = EXPORT + "/file";
    public static final String EXPORT_CANCEL = EXPORT + "/cancel";

    public static final String SCHEDULES = ROOT + "/schedules";
    public static final String SCHEDULE_TASKS = ROOT + "/schedule-tasks";
    public static final String SCHEDULE_PREVIEW = ROOT + "/schedule-preview";
    public static final String SCHEDULE = SCHEDULES + "/{name}";
    public static final String SCHEDULE_VERSIONS = SCHEDULE + "/versions";
    public static final String SCHEDULE_RESTORE = SCHEDULE + "/restore";
    public static final String SCHEDULE_RUNS = SCHEDULE + "/runs";
    public static final String SCHEDULE_SKIP = SCHEDULE + "/skip";
    public static final String SCHEDULE_UNSKIP = SCHEDULE + "/unskip";
    public static final String SCHEDULE_PAUSE = SCHEDULE + "/pause";
    public static final String SCHEDULE_RESUME = SCHEDULE + "/resume";

    public static final String JOB_COSTS = ROOT + "/job-costs";
    public static final String WORKER_POOL = ROOT + "/worker-pool";

    public static final String PICTURE_RUNS = ROOT + "/picture-runs";
    public static final String PICTURE_RUN = PICTURE_RUNS + "/{id}";
    public static final String PICTURE_RUN_CANCEL = PICTURE_RUN + "/cancel";
    public static final String PICTURES = PICTURE_RUN + "/pictures";
    public static final String PICTURE_UPLOAD = ROOT + "/pictures";
    public static final String PICTURE_FILE = ROOT + "/pictures/{sha256}/{file}";

    private Paths() {}
}
