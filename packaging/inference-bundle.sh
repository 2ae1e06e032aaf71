#!/bin/sh
# Packs what measuring the models on another Linux machine needs, and nothing else: no window, no OpenCV, no pictures. The
# machine needs neither network nor Java. Build first (./lacuna --version), then:
#
#     packaging/inference-bundle.sh OUT.tar.gz [LIBRARY]
#
# LIBRARY is the native library of a runtime pack, such as webgpu's libonnxruntime.so.1; it then takes the place of the
# one for the CPU alone. On the other machine: tar xzf OUT.tar.gz && lacuna-inference/measure
set -eu
out=${1:?usage: packaging/inference-bundle.sh OUT.tar.gz [LIBRARY]}
library=${2:-}
home=$(cd "$(dirname "$0")/.." && pwd)
[ -f "$home/target/lacuna.jar" ] || { echo "target/lacuna.jar is missing; run ./lacuna --version first." >&2; exit 1; }
platform=linux-$(uname -m | sed 's/x86_64/x64/')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bundle=$work/lacuna-inference
mkdir -p "$bundle/lib" "$bundle/models"

cp "$home/target/lacuna.jar" "$bundle/"
for jar in jspecify jackson-databind jackson-core jackson-annotations picocli slf4j-api jul-to-slf4j logback-core \
    logback-classic onnxruntime; do
    cp "$home/target/lib/$jar"-[0-9]*.jar "$bundle/lib/"
done
# The runtime's jar holds the libraries of every platform.
for jar in "$bundle"/lib/onnxruntime-*.jar; do
    mkdir "$work/jar"
    (cd "$work/jar" && unzip -q "$jar" && rm "$jar" && cd ai/onnxruntime/native &&
        find . -mindepth 1 -maxdepth 1 ! -name "$platform" -exec rm -r {} + &&
        { [ -z "$library" ] || rm "$platform/libonnxruntime.so"; } && cd "$work/jar" && zip -q -9 -r "$jar" .)
done
for model in "$home"/models/*/model.json; do
    name=$(basename "$(dirname "$model")")
    mkdir "$bundle/models/$name"
    cp "$home/models/$name/"*.json "$home/models/$name/"*.onnx "$bundle/models/$name/"
done
cp "$home/packaging/jvm.options" "$bundle/"
if [ -n "$library" ]; then
    version=$(sed -n 's:.*<onnxruntime.version>\(.*\)</onnxruntime.version>.*:\1:p' "$home/pom.xml")
    pack=$bundle/data/lacuna/runtime/webgpu-$version-$platform
    mkdir -p "$pack"
    cp "$library" "$pack/libonnxruntime.so.1"
fi
jdk=$(ls -d "${JAVA_HOME:-/nowhere}" /usr/lib/jvm/*25* 2>/dev/null | while read -r d; do
    [ -x "$d/bin/jlink" ] && grep -q '^JAVA_VERSION="\(2[5-9]\|[3-9][0-9]\)' "$d/release" && echo "$d" && break; done)
[ -n "$jdk" ] || { echo "No JDK 25 with jlink was found; set JAVA_HOME." >&2; exit 1; }
"$jdk/bin/jlink" --add-modules java.base,java.logging,java.management,java.naming,java.xml,jdk.management,jdk.unsupported \
    --strip-debug --no-header-files --no-man-pages --compress zip-9 --output "$bundle/java"
cat > "$bundle/measure" <<'END'
#!/bin/sh
# Prints the devices of this machine and megapixels a second of each model on each of them, in each precision.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export XDG_DATA_HOME="$here/data" XDG_CACHE_HOME="$here/cache" XDG_CONFIG_HOME="$here/config" ORT_DISABLE_TELEMETRY=1
exec "$here/java/bin/java" "@$here/jvm.options" -Xmx512m -Dlacuna.home="$here" -cp "$here/lacuna.jar:$here/lib/*" \
    lacuna.Main devices --again --speed
END
chmod +x "$bundle/measure"
tar -C "$work" -czf "$out" lacuna-inference
echo "$out: $(($(wc -c < "$out") / 1048576)) MiB"
