using Bench.Measuring;

namespace Bench.Subjects;

/// <summary>From the start of a process to what it is started for.</summary>
/// <param name="programs">The programs.</param>
internal sealed class LaunchGroups(BuiltPrograms programs)
{
    private readonly Launcher _launcher = new(programs["launch"]);

    /// <summary>From the start of a process to probes that are attached.</summary>
    public SubjectGroup StartUp => new(
        "Start-up",
        "From before `exec` to the header line: everything loaded, relocated and attached, the perf buffer open, 64 "
            + "pages for each CPU. The C peer (`tools/Bench/peer/trace.c`) loads the same object and knows beforehand "
            + "that this kernel takes `tp_btf`; tcpconnlat, without options, finds that out: it tries `fentry` and "
            + "`kprobe` first. Memory is the highest resident set of the whole process.",
        "start-up",
        [Metric.Time, Metric.Memory],
        [
            Launch(PeerNames.Debian, programs["trace-debian"], programs.ObjectPath, "tp_btf"),
            Launch(PeerNames.Newest, programs["trace-newest"], programs.ObjectPath, "tp_btf"),
            Launch("tcpconnlat, NativeAOT", programs.Tool) with
            {
                Goals =
                [
                    new Goal(Metric.Time, PeerNames.Debian, 0.50),
                    new Goal(Metric.Time, PeerNames.Newest, 0.90),
                    new Goal(Metric.Memory, PeerNames.Debian, 0.60),
                ],
                Guarded = [Metric.Time, Metric.Memory],
            },
            Launch("tcpconnlat, NativeAOT, `--attach tp_btf`", programs.Tool, "--attach", "tp_btf"),
            Launch("`dotnet tcpconnlat.dll`, ReadyToRun", "dotnet", programs["r2r/tcpconnlat.dll"]) with
            {
                Goals = [new Goal(Metric.Time, PeerNames.Debian, 4.0), new Goal(Metric.Memory, Against: null, 40)],
            },
            Launch("`dotnet tcpconnlat.dll`, JIT", "dotnet", programs["jit/tcpconnlat.dll"]),
        ]);

    /// <summary>From the bytes of an object to programs that could be loaded.</summary>
    public SubjectGroup Relocation => new(
        "Opening and relocating",
        "All twelve programs of tcpconnlat's object, against this kernel's BTF, once in a fresh process: from before "
            + "the object is opened to the moment in which the first program would be loaded, which includes reading "
            + "and indexing `/sys/kernel/btf/vmlinux`. Time is the process's own, without its start; memory is the "
            + "highest resident set of the whole process. libbpf's calls of bpf(2) are answered in the process "
            + "(`tools/Bench/peer/relocate.c`), so that only its own work counts; targets to attach to are looked up "
            + "by neither side.",
        "relocation",
        [Metric.Time, Metric.Memory],
        [
            Launch(PeerNames.Debian, programs["relocate-debian"], programs.ObjectPath),
            Launch(PeerNames.Newest, programs["relocate-newest"], programs.ObjectPath),
            Launch("BpfCore, NativeAOT", programs.Bench, "relocate", programs.ObjectPath),
            Launch("BpfCore, ReadyToRun", "dotnet", programs["r2r/bench.dll"], "relocate", programs.ObjectPath),
            Launch("BpfCore, JIT", "dotnet", programs["jit/bench.dll"], "relocate", programs.ObjectPath),
        ]);

    private Subject Launch(string name, params IReadOnlyList<string> command) =>
        new(name, new LaunchTrial(_launcher, command));
}
