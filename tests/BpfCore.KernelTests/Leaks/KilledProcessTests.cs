using System.Diagnostics;
using BpfCore.Kernel;
using BpfCore.KernelTests.Links;
using BpfCore.Links;
using BpfCore.Objects;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Leaks;

public class KilledProcessTests
{
    private readonly Tracefs _tracefs = TracefsMount.Require();

    [Fact]
    public void Attach_AfterAnotherProcessWasKilled_RemovesWhatItLeft()
    {
        LiveKernel.RequireTracing();
        int killed = KillHolder();
        Assert.Single(EventsOf(killed)); // the kernel keeps the event: there is something to clean up

        using BpfObject bpf = LiveObject.Load();
        using BpfLink link = BpfLink.AttachUprobe(
            bpf.LoadProgram("on_uprobe"), LibCFunction.Target("getppid"), KprobeAttachMode.Tracefs);

        Assert.Empty(EventsOf(killed));
        Assert.Single(EventsOf(Environment.ProcessId));
    }

    [Fact]
    public void Remove_LeftoversBesideALivingProcess_SparesTheLiving()
    {
        LiveKernel.RequireTracing();
        using Process living = StartHolder();
        int killed = KillHolder();

        int removed = TracefsLeftovers.Remove();

        Assert.True(removed >= 1);
        Assert.Empty(EventsOf(killed));
        Assert.Single(EventsOf(living.Id));
        living.StandardInput.Close();
        living.WaitForExit();
        Assert.Empty(EventsOf(living.Id));
    }

    private static int KillHolder()
    {
        using Process holder = StartHolder();
        holder.Kill(); // SIGKILL
        holder.WaitForExit();
        return holder.Id;
    }

    private static Process StartHolder()
    {
        // The test program runs as itself or by way of dotnet.
        string self = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(self) == "dotnet";
        ProcessStartInfo start = new(self)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (isHost)
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "BpfCore.KernelTests.dll"));
        }

        start.ArgumentList.Add(UprobeHolder.Argument);
        Process holder = Process.Start(start)!;
        Assert.Equal("uprobe through tracefs", holder.StandardOutput.ReadLine());
        return holder;
    }

    private List<TracefsEventName> EventsOf(int processId)
    {
        SystemCalls calls = new(LinuxSyscallGate.Instance, observer: null);
        TracefsEvents events = new(calls, KernelFiles.Host, _tracefs, TracefsEventKind.Uprobe);
        return events.List().FindAll(
            name => name.TryGetOwner(out ProcessIdentity owner) && owner.Id == processId);
    }
}
