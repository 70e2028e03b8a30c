package io.sluice.runtime.environment;

import java.util.LinkedHashMap;
import java.util.Map;

/// Every plain environment name and the Spring property it sets. `docs/configuration.md` holds the same
/// table; a test compares the two. `DATABASE_URL` is read by [DatabaseUrl] instead, as it holds three
/// settings in one.
public final class EnvironmentNames {

  /// Environment name → property.
  public static final Map<String, String> PROPERTIES = properties();

  private EnvironmentNames() {}

  private static Map<String, String> properties() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("PORT", "server.port");
    names.put("BIND_ADDRESS", "server.address");
    names.put("MANAGEMENT_PORT", "management.server.port");
    names.put("LOG_FORMAT", "logging.structured.format.console");

    names.put("KAFKA_BOOTSTRAP_SERVERS", "sluice.kafka.bootstrap-servers");
    names.put("KAFKA_PARTITIONS", "sluice.kafka.partitions");
    names.put("KAFKA_REPLICATION", "sluice.kafka.replication");
    names.put("REDIS_URL", "sluice.redis.url");

    names.put("STORAGE_BACKEND", "sluice.storage.backend");
    names.put("STORAGE_ROOT", "sluice.storage.root");
    names.put("S3_BUCKET", "sluice.s3.bucket");
    names.put("S3_PREFIX", "sluice.s3.prefix");
    names.put("S3_PATH_STYLE", "sluice.s3.path-style");
    names.put("S3_SSE", "sluice.s3.sse");
    names.put("S3_KMS_KEY_ID", "sluice.s3.kms-key-id");
    names.put("AWS_REGION", "sluice.s3.region");
    names.put("AWS_ENDPOINT_URL", "sluice.s3.endpoint");
    names.put("R2_BUCKET", "sluice.r2.bucket");
    names.put("R2_ACCOUNT_ID", "sluice.r2.account-id");
    names.put("R2_ACCESS_KEY_ID", "sluice.r2.access-key-id");
    names.put("R2_SECRET_ACCESS_KEY", "sluice.r2.secret-access-key");
    names.put("R2_ENDPOINT_URL", "sluice.r2.endpoint");
    names.put("STAGING_BACKEND", "sluice.staging.backend");
    names.put("STAGING_ROOT", "sluice.staging.root");
    names.put("STAGING_BUCKET", "sluice.staging.bucket");
    names.put("STAGING_PREFIX", "sluice.staging.prefix");
    names.put("STAGING_MIN_FREE_BYTES", "sluice.staging.min-free-bytes");

    names.put("CHUNK_SIZE_BYTES", "sluice.upload.chunk-size-bytes");
    names.put("MAX_FILE_SIZE_BYTES", "sluice.upload.max-file-size-bytes");
    names.put("STALE_UPLOAD_TTL_SECONDS", "sluice.upload.stale-ttl-seconds");
    names.put("COMMIT_WINDOW_SECONDS", "sluice.upload.commit-window-seconds");
    names.put("IDEMPOTENCY_TTL_SECONDS", "sluice.upload.idempotency-ttl-seconds");

    names.put("ALLOWED_CONTENT_TYPES", "sluice.file.allowed-content-types");
    names.put("DENIED_CONTENT_TYPES", "sluice.file.denied-content-types");
    names.put("DOWNLOAD_REDIRECT", "sluice.download.redirect");
    names.put("DOWNLOAD_CHECK_BEYOND_BYTES", "sluice.download.check-beyond-bytes");

    names.put("AUTH_MODE", "sluice.auth.mode");
    names.put("API_KEY_MAPPINGS", "sluice.auth.api-key-mappings");
    names.put("ADMIN_USER_IDS", "sluice.auth.admin-user-ids");

    names.put("MAX_INFLIGHT_CHUNKS_PER_UPLOAD", "sluice.admission.max-inflight-chunks-per-upload");
    names.put("MAX_GLOBAL_INFLIGHT_CHUNKS", "sluice.admission.max-global-inflight-chunks");
    names.put("TASK_QUEUE_MAXSIZE", "sluice.admission.task-queue-maxsize");
    names.put("API_RATE_LIMIT_PER_MINUTE", "sluice.admission.api-rate-limit-per-minute");
    names.put("ADMISSION_WAIT_MILLIS", "sluice.admission.wait-millis");
    names.put(
        "MAX_FAIR_INFLIGHT_CHUNKS_PER_UPLOAD", "sluice.window.max-fair-inflight-chunks-per-upload");

    names.put("WORKER_COUNT", "sluice.worker.slots");
    names.put("LIGHT_WORKER_COUNT", "sluice.worker.light-slots");
    names.put("MAX_RETRIES", "sluice.worker.max-retries");
    names.put("AUTOSCALE_ENABLED", "sluice.worker.autoscale-enabled");
    names.put("MIN_WORKERS", "sluice.worker.min-slots");
    names.put("MAX_WORKERS", "sluice.worker.max-slots");
    names.put("AUTOSCALE_COOLDOWN_SECONDS", "sluice.worker.autoscale-cooldown-seconds");
    names.put("SCALE_UP_QUEUE_THRESHOLD", "sluice.worker.scale-up-queue-threshold");
    names.put("SCALE_UP_UTILIZATION_THRESHOLD", "sluice.worker.scale-up-utilization-threshold");
    names.put("SCALE_DOWN_UTILIZATION_THRESHOLD", "sluice.worker.scale-down-utilization-threshold");

    names.put("CLEANUP_ENABLED", "sluice.reaper.cleanup-enabled");
    names.put("CLEANUP_INTERVAL_SECONDS", "sluice.reaper.cleanup-interval-seconds");
    names.put("ORPHAN_GRACE_SECONDS", "sluice.reaper.orphan-grace-seconds");
    names.put("UNOWNED_GRACE_SECONDS", "sluice.reaper.unowned-grace-seconds");
    names.put("SWEEP_MOST_OBJECTS", "sluice.reaper.sweep-most-objects");
    names.put("SWEEP_MOST_PERCENT", "sluice.reaper.sweep-most-percent");
    names.put("CHUNK_ROW_RETENTION_SECONDS", "sluice.reaper.chunk-row-retention-seconds");
    return Map.copyOf(names);
  }
}
