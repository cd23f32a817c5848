using System.Runtime.InteropServices;
using BpfCore.Diagnostics;
using BpfCore.Objects;
using BpfCore.Specs;
using Tmds.Linux;

namespace BpfCore.KernelTests;

/// <summary>The fixture <c>live/events.bpf.c</c>, and the event that all its programs count.</summary>
internal static class LiveObject
{
    public static ulong CallNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 110u : 173u;

    /// <summary>The fixture, set to count what this process does.</summary>
    public static BpfObjectSpec Read()
    {
        BpfObjectSpec spec = ReadFile("events.bpf.o");
        spec.Variables["target_pid"].Set((uint)Environment.ProcessId);
        spec.Variables["target_call"].Set(CallNumber);
        return spec;
    }

    /// <summary>An object of the folder <c>live</c>.</summary>
    public static BpfObjectSpec ReadFile(string name) =>
        BpfObjectSpec.ReadFile(Path.Combine(AppContext.BaseDirectory, "live", name));

    /// <summary>The fixture in the kernel.</summary>
    public static BpfObject Load(BpfObserver? observer = null) =>
        BpfObject.Load(Read(), new BpfLoadOptions { Observer = observer });

    /// <summary>Makes the event: a system call that nothing else in this process makes, through libc.</summary>
    public static void Trigger(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _ = LibC.getppid();
        }
    }
}
