using System.Diagnostics;
using BpfCore.Kernel;

namespace BpfCore.KernelTests;

/// <summary>
/// tracefs, which the tests mount where the system did not. It stays mounted, as other test programs may look at it at
/// the same time.
/// </summary>
internal static class TracefsMount
{
    private const string UsualPlace = "/sys/kernel/tracing";

    public static Tracefs Require()
    {
        if (Tracefs.Find() is null)
        {
            LiveKernel.Require(Capability.SysAdmin);
            using Process mount = Process.Start("mount", ["-t", "tracefs", "tracefs", UsualPlace]);
            mount.WaitForExit();
        }

        return Tracefs.Find() ?? throw new InvalidOperationException("tracefs cannot be mounted");
    }
}
