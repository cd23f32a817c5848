using System.Runtime.InteropServices;
using System.Text;
using BpfCore.Syscalls.Abi;
using BpfCore.Tests.Syscalls;

namespace BpfCore.Tests.Links;

/// <summary>A kernel of our own that remembers perf events, writes to control files and the order of closing.</summary>
internal sealed unsafe class FakeEventKernel : FakeGate
{
    /// <summary>What <c>perf_event_open</c> returns instead of a descriptor; 0 for a descriptor.</summary>
    public long PerfEventResult { get; init; }

    /// <summary>What <c>ioctl</c> returns.</summary>
    public long IoControlResult { get; init; }

    /// <summary>Perf events with the symbol that <c>config1</c> points to.</summary>
    public List<(perf_event_attr Attributes, string? Symbol, int Cpu)> Events { get; } = [];

    /// <summary>Requests to perf events.</summary>
    public List<(uint Request, ulong Argument)> Controls { get; } = [];

    /// <summary>What happened to control files and descriptors, in order.</summary>
    public List<string> Journal { get; } = [];

    public override long PerfEventOpen(perf_event_attr* attributes, int pid, int cpu, int groupFd, ulong flags)
    {
        string? symbol = attributes->config1 == 0 ? null : Marshal.PtrToStringUTF8((nint)attributes->config1);
        Events.Add((*attributes, symbol, cpu));
        return PerfEventResult == 0 ? NewDescriptor() : PerfEventResult;
    }

    public override long IoControl(int fd, uint request, ulong argument)
    {
        Controls.Add((request, argument));
        return IoControlResult;
    }

    public override long Write(int fd, void* buffer, nuint count)
    {
        Journal.Add(Encoding.UTF8.GetString((byte*)buffer, (int)count)[..2]);
        return (long)count;
    }

    public override long Close(int fd)
    {
        Journal.Add($"close {fd}");
        return base.Close(fd);
    }
}
