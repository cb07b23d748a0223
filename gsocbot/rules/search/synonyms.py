"""Other words for the same thing, and for what is close to it: general knowledge, by hand."""

from functools import cache

from gsocbot.rules.search.words import terms

SAME = """
k8s, kubernetes, kube
ml, machine learning
ai, artificial intelligence
nn, neural network, neural net
dl, deep learning
llm, llms, large language model, language model
nlp, natural language processing
cv, computer vision
rl, reinforcement learning
rag, retrieval augmented generation
genai, generative ai
js, javascript, ecmascript
ts, typescript
py, python
jl, julia
hs, haskell
rb, ruby
wasm, webassembly, web assembly
cplusplus, c plus plus
csharp, c sharp
dotnet, dot net
asm, assembly, assembler
db, database
dbs, databases
postgres, postgresql, pgsql, psql
mongo, mongodb
ui, user interface
gui, graphical user interface, graphical interface
ux, user experience
cli, command line, commandline
tui, terminal ui, text user interface
api, application programming interface
apis, api
sdk, software development kit
os, operating system
vm, virtual machine
vms, virtual machine
virtualisation, virtualization
ide, integrated development environment
vscode, visual studio code, vs code
vi, vim
nvim, neovim
emacs, gnu emacs
ci, continuous integration
cd, continuous delivery, continuous deployment
cicd, ci cd
gha, github actions, github action
iac, infrastructure as code
tls, ssl
vpn, virtual private network
dns, domain name system
ip, internet protocol
ipv6, internet protocol version 6
tcp, transmission control protocol
bt, bluetooth
wifi, wi fi, wireless lan, wlan
usb, universal serial bus
gpu, graphics card, graphics processor, video card
gpus, graphics card, gpu
cpu, processor
cpus, processors
ram, memory
fs, filesystem, file system
filesystems, file systems
nfs, network file system
raspi, rpi, raspberry pi
risc v, riscv
arm64, aarch64
x64, x86 64, amd64, x8664
i18n, internationalization
l10n, localization
a11y, accessibility
e2e, end to end
oop, object oriented
fp, functional programming
regex, regexp, regular expression
repo, repository
repos, repositories
config, configuration
configs, configurations
conf, configuration
auth, authentication
authn, authentication
authz, authorization
perf, performance
docs, documentation
doc, documentation
app, application
apps, applications
lib, library
libs, libraries
pkg, package
pkgs, packages
pkgmgr, package manager
dep, dependency
deps, dependencies
env, environment
params, parameters
param, parameter
func, function
funcs, functions
fn, function
var, variable
vars, variables
diff, difference
dir, directory
dirs, directories
img, image
imgs, images
pic, picture
pics, pictures
vid, video
vids, videos
sim, simulation
sims, simulations
viz, visualization
vis, visualization
visualisation, visualization
sync, synchronization
async, asynchronous
mem, memory
mgmt, management
admin, administration, administrator
stats, statistics
stat, statistic
spec, specification
specs, specifications
impl, implementation
infra, infrastructure
distro, linux distribution
distros, linux distributions
sbom, software bill of materials, bill of materials
purl, package url
cve, common vulnerabilities and exposures
ad, automatic differentiation
autodiff, automatic differentiation
ode, ordinary differential equation
odes, ordinary differential equations
pde, partial differential equation
pdes, partial differential equations
fem, finite element
fdtd, finite difference time domain
fft, fourier transform
hpc, high performance computing, supercomputer, supercomputing
hep, high energy physics, particle physics
lhc, large hadron collider
md, markdown
qc, quantum computing, quantum computer
qubits, qubit
gpr, ground penetrating radar
uav, unmanned aerial vehicle, drone
uavs, drones
sitl, software in the loop
ros, robot operating system
mri, magnetic resonance imaging
ct, computed tomography
ehr, electronic health record
ekg, ecg, electrocardiogram
gis, geographic information system
osm, openstreetmap, open street map
iot, internet of things
mcp, model context protocol
lsp, language server protocol, language server
dap, debug adapter protocol
repl, read eval print loop
jit, just in time
aot, ahead of time
gc, garbage collection, garbage collector
ast, abstract syntax tree, syntax tree
ir, intermediate representation
abi, application binary interface
ffi, foreign function interface
orm, object relational mapping
sso, single sign on
mfa, 2fa, two factor authentication, multi factor authentication
rbac, role based access control
crud, create read update delete
pwa, progressive web app
spa, single page application
dsl, domain specific language
sql, structured query language
wal, write ahead log
rdp, remote desktop protocol, remote desktop
vnc, remote framebuffer
hdr, high dynamic range
hidpi, high dpi, retina
ogl, opengl
d3d, direct3d
dx, directx
dx11, d3d11, direct3d 11
dx12, d3d12, direct3d 12
subs, subtitles, subtitle
bios, firmware
uefi, efi
fpga, field programmable gate array
soc, system on chip
pcb, printed circuit board
cam, camera
webcam, web camera, uvc
mic, microphone
tv, television
xml, extensible markup language
csv, comma separated values
ical, icalendar
oci, open container initiative
cncf, cloud native
cr, checkpoint restore
nginx, engine x
mac, macos, osx, os x
win, windows
win32, windows
msft, microsoft
ms, microsoft
gh, github
gl, gitlab
jupyter, ipython
notebook, jupyter notebook
np, numpy
pd, pandas
mpl, matplotlib
tf, tensorflow
sklearn, scikit learn
hf, huggingface, hugging face
ror, ruby on rails, rails
aws, amazon web services
gcp, google cloud
s3, object storage
rt, real time, realtime
tz, time zone, timezone
utf8, unicode
bg, background
msg, message
msgs, messages
pwd, password
pw, password
passwd, password
cert, certificate
certs, certificates
"""

CLOSE = """
container, docker, podman, oci, containerd, lxc, pod
kubernetes, container orchestration, helm, pod, cluster, operator, openshift
crd, custom resource, resource
virtualization, hypervisor, kvm, qemu, xen, virtual machine, vmware, virtualbox, hyper v
virtual machine, guest, domu, microvm
dom0, host, control domain
unikernel, mirageos, unikraft, mirage
live migration, migrate, migration
snapshot, checkpoint, save, dump
restore, reload, resume, load
checkpoint, criu, freeze
ui, frontend, front end, gui, interface, web interface, dashboard
gui, qt, gtk, widget, window, toolkit
frontend, react, vue, angular, svelte, javascript, typescript
css, style, stylesheet, theme, tailwind
backend, server, server side, api
web, website, browser, html, online, http
browser, firefox, chrome, chromium, webkit, webview
website, web page, site, portal, web platform
page, site
android, mobile, smartphone, phone, kotlin
ios, iphone, ipad, apple, swift, mobile
phone, mobile, smartphone, android, ios, iphone, droid
tablet, ipad, mobile
watch, watchos, wearable, smartwatch
macos, apple, mac
windows, microsoft
microsoft, windows, win32
desktop, gnome, kde, plasma
linux, kernel, gnu linux
kernel, linux kernel, driver, module
driver, device driver, hardware support, device
bsd, freebsd, openbsd, netbsd
beos, haiku
debian, ubuntu, apt, deb, package
rpm, fedora, red hat, package
package manager, pip, npm, cargo, apt, conda, homebrew
package, deb, rpm, packaging
dependency, dependency resolution, version resolution
nix, nixpkgs, nixos, declarative
flake, nix
firmware, embedded, microcontroller, bootloader, uefi
embedded, microcontroller, arduino, esp32, iot, raspberry pi, openwrt
raspberry pi, arm, companion computer, single board computer
router, openwrt, access point, network device
arm, aarch64
machine learning, deep learning, neural network, pytorch, tensorflow, model, training, ai
ai, machine learning, llm, chatbot, agent, assistant
llm, chatgpt, gpt, chatbot, gemini, openai, claude, ollama, ai, rag
chatbot, assistant, conversational, bot, llm
gemini, google, llm
agent, mcp, agentic, llm
neural network, deep learning, cnn, autoencoder, transformer
hyperparameter, learning rate, tuning, optimization
tune, tuning, hyperparameter, optimize
train, training, fine tuning
classify, classification, classifier, machine learning
anomaly, outlier, unusual
anomaly detection, outlier, autoencoder
segmentation, segment
computer vision, image processing, image recognition, opencv
recognize, recognition, detect, identify
predict, prediction, forecast, forecasting
forecast, prediction, predict
moe, mixture of experts
speech, voice, tts, text to speech
translation, localization, gettext, weblate, po file, internationalization
gettext, po, translation
internationalization, localization, translation, multilingual, unicode
networking, network, tcp, protocol, socket, ip
network, networking, internet, wireless
socket, tcp, udp, websocket
wireless, wifi, radio, bluetooth
radio, wireless, telemetry, signal
relay, forward, repeater, mesh
bluetooth, headset, wireless
vpn, ipsec, wireguard, openvpn, ike, libreswan, tunnel
authentication, login, oauth, password, sso, sign in, credentials
login, authentication, sign in, account, log in
authorization, permission, role, access control, rbac
permission, access control, role
roles, rbac, access control, permission
security, vulnerability, secure, cve, exploit, hardening
vulnerability, cve, security, advisory
malware, virus, threat, reverse engineering, sandbox
attack, threat, attacker, exploit, intrusion
hack, exploit, attack
honeypot, tarpit, deception
forensics, evidence, incident, forensic
reverse engineering, disassembler, decompiler, binary analysis, ghidra, ida
decompile, decompiler, reverse engineering
disassemble, disassembler
encryption, cryptography, crypto, cipher, encrypt
crypto, cryptography, encryption, blockchain
blockchain, ethereum, smart contract, dapp, decentralized
memory safe, rust, memory safety
memory safety, rust, sanitizer
rust, cargo, rustc, crate
go, goroutine
java, jvm, jdk
jvm, java, kotlin, scala
kotlin, jetbrains, android
scala, jvm, sbt
ocaml, functional programming
haskell, ghc, cabal, functional programming
erlang, elixir, otp
ruby, rails, gem
python, django, flask, numpy, cython
django, web framework
c, posix
lua, script, scripting
script, scripting, shell, automation
shell, bash, command, terminal, zsh
terminal, console, shell, tty
command, cli, shell
commands, cli, shell
compiler, llvm, clang, gcc, codegen, rustc, toolchain
compile, compiler, build
toolchain, compiler, build
interpreter, vm, runtime, engine, bytecode
bytecode, interpreter, jit
parser, parsing, grammar, tree sitter, syntax
parse, parser, read
lexer, tokenizer, parser
formatter, formatting, prettier, code style, clang format
linter, static analysis, lint, checkstyle, code style
static analysis, linter, type checking
type, typing, type system
typing, type hints, annotations, stubs
debugger, gdb, debugging, breakpoint, debug
profiling, profiler, performance, tracing, flamegraph
tracing, trace, strace, ebpf
ebpf, bpf, xdp
benchmark, performance, speed, measure
performance, speed, fast, optimization, slow
speed, performance, fast
fast, speed, performance, quick
faster, performance, speed
slow, performance, latency
parallel, multithreaded, threads, openmp, concurrency, mpi, distributed
thread, concurrency, parallel
threads, multithreading, concurrency, parallel
multithreaded, openmp, thread, parallel
concurrency, parallel, async, actor
distributed, cluster, scalable, decentralized
gpu, cuda, opencl, rocm, hip, vulkan, nvidia, amd
amd, rocm, hip, radeon
nvidia, cuda, gpu
radeon, amd
simd, avx, vectorization, neon
supercomputer, mpi, cluster
graphics, rendering, opengl, vulkan, shader
rendering, renderer, render, draw, graphics
3d, opengl, mesh, visualization, rendering
picture, image, photo, visualization
photo, image, picture, camera
image, photo, picture
camera, webcam, video capture
webcam, uvc, camera, usb
video, movie, media, codec, player, film
movie, film, video
media player, vlc, player, video
codec, decoder, encoder, av1, h264, ffmpeg
decoder, decode, codec
audio, sound, music
music, song, audio, midi
subtitle, caption
streaming, stream, live
chart, plot, graph, visualization, figure
charts, plot, visualization, widget
plot, chart, figure, matplotlib, graph
axis, plot, layout
legend, plot, layout
visualization, plot, chart, dashboard, graph
dashboard, grafana, visualization, monitoring, charts
report, dashboard, summary
statistics, metrics, numbers
monitoring, metrics, prometheus, observability, telemetry, grafana, opentelemetry
observability, tracing, metrics, logging
log, logging, logs
map, gis, geospatial, leaflet, openstreetmap
geospatial, gis, map, geographic
location, gps, position, geolocation
weather, climate, meteorology, atmosphere
climate, weather, environment
hurricane, storm, cyclone, wind, surge
storm, hurricane, surge
wind, hurricane, weather, atmospheric
ocean, sea, marine, coastal
fish, fishery, marine
fire, wildfire, burn
forest, vegetation, tree
tree, vegetation, canopy, forest
building, urban, structure
flood, water level, storm
water, ocean, hydrology
satellite, remote sensing, orbit
astronomy, telescope, astrophysics, supernova, star
supernova, stellar, spectra
telescope, astronomy, astrophotography
physics, particle, quantum
particle, physics, collider, event
quantum, qubit, quantum computing
chemistry, molecule, molecular
biology, gene, genome, genomics, protein, cell
genomics, dna, gene, genome, sequencing
dna, genomics, genome
cancer, tumor, oncology, genomics
medical, health, clinical, hospital, patient
health, medical, healthcare, clinical
brain, neuro, neural, neuroscience, neuronavigation
disability, accessibility, impaired
disabled, disability, accessibility
accessibility, screen reader, impaired
blind, screen reader, visually impaired, accessibility
math, mathematics, algebra
mathematics, algebra, computer algebra, calculus
algebra, mathematics, ring, group
calculus, derivative, integral
linear algebra, matrix, blas, lapack
matrix, linear algebra, sparse
differential equation, ode, pde, integrator
derivative, gradient, automatic differentiation
fluid, cfd, navier stokes, flow
fluid simulation, cfd
simulation, simulator, model, modelling
simulator, simulation, emulator
solver, optimization, solve, resolution
constraint, solver, optimization
optimization, optimizer, solver
statistics, bayesian, probability
probability, bayesian, stochastic
antenna, radiation, electromagnetic
electromagnetic, radar, antenna
dataframe, pandas, table, dataframes
spreadsheet, excel, table
database, sql, postgresql, mysql, sqlite, storage
sql, query, database
query, search, sql
index, search, lookup
search, full text, find, index
fulltext, search, lucene, elasticsearch
nosql, couchdb, mongodb, document database
cache, caching, memoization
storage, disk, store, file format
disk, storage, partition
hdf5, hdf, file format
file format, parquet, hdf5, serialization
serialization, protobuf, json, save
backup, restore, export
export, import, save
save, store, persist
filesystem, disk, partition, ext4, btrfs, xfs, ntfs
email, mail, smtp, imap, mailing list
mailing list, email, list, mailman
spam, unwanted, moderation
archive, history, archiver
calendar, date, schedule
chat, irc, messaging, matrix, slack
forum, discussion, community
notification, alert, notify
pdf, document, annotation
note, notes, notebook, markdown
notes, note taking, markdown, notebook
text editor, editor, vim, neovim, emacs
editor, text editor, ide, vim
ide, eclipse, intellij, vscode, netbeans
intellij, jetbrains, idea, plugin
plugin, extension, addon, add on
extension, plugin, addon
theme, dark mode, style
font, typography, text, glyph, typeface
typeface, font
emoji, unicode, font
settings, preferences, configuration, options
preferences, settings, options
configuration, settings, config
sync, cloud, synchronize, across devices
device, hardware, gadget
devices, hardware
cloud, aws, azure, openstack, remote
serverless, faas, lambda, knative
deployment, deploy, release, helm
install, installer, setup, deployment
upgrade, update, migrate
update, upgrade, version
port, porting, migrate
rewrite, refactor, port, reimplement
migrate, port, upgrade, transition
refactor, cleanup, modernize, rewrite
legacy, old, outdated
modern, new, modernize
bindings, binding, wrapper, ffi, bridge, interop
bind, bindings, ffi
wrapper, bindings, interface
interop, bindings, interoperability
library, package, module
framework, library
sdk, client library, library, api client
rest, api, http, endpoint
graphql, api
microservice, service, api
gateway, proxy, ingress
registry, artifact, repository
artifact, registry, package
push, upload, publish
pull, download, fetch
download, fetch, pull
upload, push, import
offline, disconnected, edge, intermittent
remote, edge, distant
edge, remote, iot
testing, test suite, unit test, tests, pytest, coverage
test, testing, test suite, qa
fuzzing, fuzzer, fuzz, property based testing
fuzz, fuzzing
quality, qa, testing
bug, issue, fix, defect
crash, failure, error, hang
hang, crash, failure, freeze
error, failure, exception
ticket, issue, bug
ci, github actions, jenkins, gitlab ci, pipeline
jenkins, ci
pipeline, workflow, ci
workflow, pipeline, automation
automation, automatic, automated, script
automatic, automated, automation
detect, detection, find
git, version control, vcs
version control, git, vcs
commit, git, patch
clone, git, copy
merge, git, combine
gradle, maven, build, build system
maven, gradle, java
bazel, build system
build system, cmake, make, ninja, bazel, gradle, meson
cmake, build system
robot, robotics, ros, gazebo
robotics, robot, ros
drone, uav, copter, quadcopter, ardupilot, vehicle, mavlink
drones, uav, vehicle, swarm
autopilot, ardupilot, flight
flight, plane, aircraft
failsafe, recovery, fallback
car, vehicle, autonomous
game, gaming, game engine
games, game
game engine, unity, godot, unreal
unity, csharp, game engine
adventure, point and click, scummvm
retro, classic, old, emulator
emulator, emulation, qemu
children, kids, education, learning
kids, children, learner
school, education, learner, student
education, teaching, learning, tutorial
teacher, education, classroom
tutorial, guide, documentation, exercise
documentation, tutorial, guide, manual
manual, documentation
license, copyright, spdx, scancode, compliance
supply chain, sbom, provenance
provenance, origin, source, citation
bibliography, citation, reference, bibtex, latex
citation, reference, bibliography
latex, tex
bank, banking, finance, loan, payment
money, finance, payment
payment, banking, finance
finance, banking, fintech
circuit, electronics, logic, verilog
electronics, circuit, hardware
verilog, hdl, fpga, hardware
fpga, hls, hardware, verilog
hardware, device, fpga
gsoc, google
wizard, assistant, setup
drag and drop, dnd, interactive
customize, custom, configurable, personalise
customizable, configurable, widget
form, input, field
keyboard, key, input, shortcut
mouse, pointer, input
touch, gesture, tablet
gesture, touch, touchpad
touchpad, trackpad, gesture
printer, printing, cups
scanner, scanning, scan
scan, scanner, detect
monitor, display, screen
screen, display, monitor
display, screen, monitor
wayland, compositor, x11, display server
compositor, wayland, window manager
packet, network, frame
traffic, network, packet
latency, delay, real time
realtime, live, latency
schedule, scheduler, scheduling
scheduler, scheduling, queue
queue, message queue, mq
queueing, queue
pubsub, kafka, message queue, broker
concurrent, parallel, lock
lock, mutex, synchronization
memory, ram, allocation, heap
heap, malloc, allocator, memory
leak, memory, valgrind
carbon, energy, sustainability, footprint
energy, power, electricity
power, energy, battery
battery, power
spelling, spellcheck, dictionary, typo
typo, spelling
similar, duplicate, near duplicate
duplicate, similar, copy
equivalent, same, isomorphic
layout, placement, arrange
image recognition, object detection
emotion, sentiment, feeling
feature flag, experimental, toggle
feelings, emotions, mood
mentor, supervisor
"""

SAME_WEIGHT, CLOSE_WEIGHT, BACK_WEIGHT = 0.9, 0.45, 0.35
LONGEST_PHRASE = 4
Phrase = tuple[str, ...]


def related(stems: Phrase, n: int) -> list[tuple[Phrase, float]]:
    """What else the phrases that the word at `n` is part of may be called, and how alike it is."""
    found: dict[Phrase, float] = {}
    for begin in range(max(0, n - LONGEST_PHRASE + 1), n + 1):
        for end in range(n + 1, min(len(stems), begin + LONGEST_PHRASE) + 1):
            for words, weight in _table().get(tuple(stems[begin:end]), ()):
                found[words] = max(weight, found.get(words, 0.0))
    return sorted(found.items(), key=lambda f: (-f[1], f[0]))


@cache
def _table() -> dict[Phrase, list[tuple[Phrase, float]]]:
    table: dict[Phrase, dict[Phrase, float]] = {}

    def add(a: Phrase, b: Phrase, weight: float) -> None:
        if a != b and a and b:
            here = table.setdefault(a, {})
            here[b] = max(weight, here.get(b, 0.0))

    for line in SAME.split("\n"):
        phrases = [tuple(terms(p)) for p in line.split(",") if p.strip()]
        for a in phrases:
            for b in phrases:
                add(a, b, SAME_WEIGHT)
    for line in CLOSE.split("\n"):
        phrases = [tuple(terms(p)) for p in line.split(",") if p.strip()]
        for other in phrases[1:]:
            add(phrases[0], other, CLOSE_WEIGHT)
            add(other, phrases[0], BACK_WEIGHT)
    return {a: list(b.items()) for a, b in table.items()}
