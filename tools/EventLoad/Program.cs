using System.ComponentModel;
using System.Globalization;
using BpfCore;
using BpfCore.Objects;
using BpfCore.Specs;
using EventLoad;

const string Usage = """
    usage: eventload PID --events N [--rate R] [--burst B] [--cpu C] [--family 4|6|both]

    Makes N events in the kernel, as if there had been as many connects, for the reader PID: tcpconnlat or another one
    that loaded its object. R events a second (default: as many as it can), B at once (1; at most 256), on CPU C.
    Prints: made N in S s (R/s), lost L, T ns each
    L were refused by the kernel, as the reader's counters say; T is what the program took, wake-ups included.
    """;

try
{
    Run(PlanReader.Read(args));
    return 0;
}
catch (UsageException error)
{
    Console.Error.WriteLine($"eventload: {error.Message}");
    Console.Error.WriteLine(Usage);
    return 2;
}
catch (Exception error) when (error is BpfException or InvalidOperationException or IOException or Win32Exception)
{
    Console.Error.WriteLine($"eventload: {error.Message}");
    return 1;
}

static void Run(LoadPlan plan)
{
    if (plan.Cpu is int cpu)
    {
        ProcessorPin.To(cpu);
    }

    using ReaderMaps reader = ReaderMaps.Of(plan.ReaderId);
    EventBpf.Spec spec = EventBpf.Open();
    foreach (ProgramSpec program in spec.Object.Programs)
    {
        program.AutoLoad = program == spec.Programs.MakeEvents;
    }

    using EventBpf bpf = spec.Load(new BpfLoadOptions { MapReplacements = reader.ByName });
    ulong lostBefore = LostEvents.Read(bpf);
    TimeSpan elapsed = new EventMaker(bpf.Programs.MakeEvents, plan).Run();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"made {plan.Events} in {elapsed.TotalSeconds:F3} s ({plan.Events / elapsed.TotalSeconds:F0}/s), "
        + $"lost {LostEvents.Read(bpf) - lostBefore}, {(double)bpf.Variables.SpentNs / plan.Events:F0} ns each"));
}
