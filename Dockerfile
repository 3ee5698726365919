# syntax=docker/dockerfile:1
# Berth as a native executable: starts at once and needs a third of the memory. Dockerfile.jvm makes the image that costs less CPU for each device.
FROM quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25 AS build
USER 1001
WORKDIR /build
COPY --chown=1001:1001 . .
RUN ./mvnw -B -ntp -Pnative package -Dmaven.test.skip=true -Dspotless.check.skip=true

FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0
WORKDIR /var/lib/berth
RUN install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/berth/data
COPY --from=build --chown=0:0 --chmod=0755 /build/target/berth-runner /opt/berth/berth
# Beside the executable, they need not be unpacked.
COPY --from=build --chown=0:0 --chmod=0755 /build/target/librocksdbjni-*.so /build/target/libamazonCorrettoCryptoProvider.so /opt/berth/
USER 10001:10001
# Keys and certificates are mounted and named by settings; there are no defaults. The store has to outlive the container.
ENV BERTH_STORE_DIRECTORY=/var/lib/berth/data \
    BERTH_ADMIN_HOST=0.0.0.0
# The root may be read-only: docker run --read-only --tmpfs /tmp.
VOLUME /var/lib/berth/data
# Devices, administrators. Health and metrics stay on loopback unless BERTH_MANAGEMENT_HOST says otherwise.
EXPOSE 8443 9443
# A shell's own TCP, because the image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${BERTH_MANAGEMENT_PORT:-9000} && printf 'GET /q/health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]
ENTRYPOINT ["/opt/berth/berth"]
CMD ["serve"]
