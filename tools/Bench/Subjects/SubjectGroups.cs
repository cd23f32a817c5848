namespace Bench.Subjects;

/// <summary>What is measured, of what <c>tools/Bench/run</c> built.</summary>
/// <param name="programs">Folder of the built programs.</param>
/// <param name="objectPath">The BPF object of tcpconnlat.</param>
internal sealed class SubjectGroups(string programs, string objectPath)
{
    private const string Debian = "C, libbpf 1.1 of Debian 12";
    private const string Newest = "C, libbpf 1.7";

    /// <summary>From the start of a process to probes that are attached.</summary>
    public SubjectGroup StartUp => new(
        "Start-up",
        "From before `exec` to the header line: everything loaded, relocated and attached, the perf buffer open, 64 "
            + "pages for each CPU. The C peer (`tools/Bench/peer/trace.c`) loads the same object and knows beforehand "
            + "that this kernel takes `tp_btf`; tcpconnlat, without options, finds that out: it tries `fentry` and "
            + "`kprobe` first. Memory is the highest resident set of the whole process.",
        "start-up",
        [
            new Subject(Debian, [Path("trace-debian"), objectPath, "tp_btf"]),
            new Subject(Newest, [Path("trace-newest"), objectPath, "tp_btf"]),
            new Subject(
                "tcpconnlat, NativeAOT",
                [Path("aot/tcpconnlat")],
                new Goal(Measure.Time, Debian, 0.50),
                new Goal(Measure.Time, Newest, 0.90),
                new Goal(Measure.Memory, Debian, 0.60)),
            new Subject("tcpconnlat, NativeAOT, `--attach tp_btf`", [Path("aot/tcpconnlat"), "--attach", "tp_btf"]),
            new Subject(
                "`dotnet tcpconnlat.dll`, ReadyToRun",
                ["dotnet", Path("r2r/tcpconnlat.dll")],
                new Goal(Measure.Time, Debian, 4.0)),
            new Subject("`dotnet tcpconnlat.dll`, JIT", ["dotnet", Path("jit/tcpconnlat.dll")]),
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
        [
            new Subject(Debian, [Path("relocate-debian"), objectPath]),
            new Subject(Newest, [Path("relocate-newest"), objectPath]),
            new Subject("BpfCore, NativeAOT", [Path("aot/bench"), "relocate", objectPath]),
            new Subject("BpfCore, ReadyToRun", ["dotnet", Path("r2r/bench.dll"), "relocate", objectPath]),
            new Subject("BpfCore, JIT", ["dotnet", Path("jit/bench.dll"), "relocate", objectPath]),
        ]);

    private string Path(string name) => System.IO.Path.Combine(programs, name);
}
