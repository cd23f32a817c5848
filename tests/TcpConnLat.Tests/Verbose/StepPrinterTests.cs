using BpfCore.Diagnostics;
using TcpConnLat.Verbose;
using Xunit;

namespace TcpConnLat.Tests.Verbose;

public sealed class StepPrinterTests
{
    [Fact]
    public void OnSteps_EachKind_IsOneReadableLine()
    {
        using StringWriter writer = new() { NewLine = "\n" };
        StepPrinter printer = new(writer);

        printer.OnSection(new SectionFound("a.bpf.o", ".maps", "maps", 0x40, 96));
        printer.OnProgram(new ProgramFound("connect", "kprobe/tcp_v4_connect", "kprobe", 12));
        printer.OnMap(new MapFound("start", ".maps", "hash", 8, 40, 16384));
        printer.OnSubprogram(new SubprogramLinked("connect", "helper", 12, 5));
        printer.OnSyscall(new SyscallReturned("bpf(BPF_MAP_CREATE)", "map_name=start", 5, null));
        printer.OnSyscall(new SyscallReturned("bpf(BPF_PROG_LOAD)", "prog_name=connect", -1, "EPERM"));
        printer.OnMapCreated(new MapCreated("start", "hash", 8, 40, 16384, 1, 5));
        printer.OnProgramLoaded(new ProgramLoaded("connect", "kprobe", 12, 6));
        printer.OnAttached(new ProgramAttached("connect", "tcp_v4_connect", "kprobe PMU"));

        Assert.Equal(
            """
            section   .maps (maps): 96 bytes at 0x40 of a.bpf.o
            program   connect in kprobe/tcp_v4_connect (kprobe): 12 instructions
            map       start in .maps (hash): key 8, value 40 bytes, at most 16384 entries
            link      helper appended to connect at 12: 5 instructions
            syscall   bpf(BPF_MAP_CREATE) map_name=start = 5
            syscall   bpf(BPF_PROG_LOAD) prog_name=connect = -1 (EPERM)
            created   map start (hash) as fd 5: key 8, value 40 bytes, 16384 entries, flags 0x1
            loaded    program connect (kprobe) as fd 6: 12 instructions
            attached  connect to tcp_v4_connect by kprobe PMU

            """,
            writer.ToString());
    }

    [Fact]
    public void OnRelocation_ChangedInstruction_ShowsBothSides()
    {
        using StringWriter writer = new() { NewLine = "\n" };

        // r1 = 4 (b7 01 00 00 04 00 00 00) becomes r1 = 24
        new StepPrinter(writer).OnRelocation(new RelocationApplied(
            "connect", 3, "byte_off", "struct sock.x", "24", 0x0000_0004_0000_01b7, 0x0000_0018_0000_01b7));

        string line = writer.ToString();
        Assert.StartsWith("reloc     connect+3 byte_off struct sock.x: 24: ", line, StringComparison.Ordinal);
        Assert.Contains(" -> ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void OnFallback_ReasonOfSeveralLines_StaysUnderItsKind()
    {
        using StringWriter writer = new() { NewLine = "\n" };

        new StepPrinter(writer).OnFallback(new FallbackTaken("tcp_v4_connect", "fentry", "kprobe", "refused\nline 2"));

        Assert.Equal(
            "fallback  tcp_v4_connect: fentry gives way to kprobe: refused\n          line 2\n", writer.ToString());
    }
}
