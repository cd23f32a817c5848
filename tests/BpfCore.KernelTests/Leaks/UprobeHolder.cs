using BpfCore.KernelTests.Links;
using BpfCore.Links;
using BpfCore.Objects;

namespace BpfCore.KernelTests.Leaks;

/// <summary>The process that a test kills: attaches through tracefs, says so, and waits.</summary>
internal static class UprobeHolder
{
    public const string Argument = "hold-uprobe";

    public static int Run()
    {
        using BpfObject bpf = LiveObject.Load();
        using BpfLink link = BpfLink.AttachUprobe(
            bpf.LoadProgram("on_uprobe"), LibCFunction.Target("getppid"), KprobeAttachMode.Tracefs);
        Console.WriteLine(link.Way);
        Console.In.ReadToEnd(); // ends by itself should the test die first
        return 0;
    }
}
