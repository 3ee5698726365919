# syntax=docker/dockerfile:1
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp package -Dmaven.test.skip=true -Dspotless.check.skip=true

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 berth \
 && useradd --system --uid 10001 --gid berth --home-dir /var/lib/berth --create-home berth \
 && install --directory --owner=berth --group=berth --mode=0700 /var/lib/berth/data
WORKDIR /var/lib/berth
COPY --from=build --chown=root:root /build/target/quarkus-app /opt/berth
USER 10001:10001
# Keys and certificates are mounted and named by settings; there are no defaults. The store has to outlive the container.
ENV BERTH_STORE_DIRECTORY=/var/lib/berth/data \
    BERTH_ADMIN_HOST=0.0.0.0
VOLUME /var/lib/berth/data
# Devices, administrators. Health and metrics stay on loopback unless BERTH_MANAGEMENT_HOST says otherwise.
EXPOSE 8443 9443
# A shell's own TCP, because the image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${BERTH_MANAGEMENT_PORT:-9000} && printf 'GET /q/health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=75", "-jar", "/opt/berth/quarkus-run.jar"]
CMD ["serve"]
