using System.Diagnostics;
using System.Runtime.InteropServices;
using BpfCore.Programs;

namespace EventLoad;

/// <summary>Runs the program that makes events, again and again.</summary>
/// <param name="program">The program <c>make_events</c>.</param>
/// <param name="plan">How often.</param>
internal sealed class EventMaker(BpfProgram program, LoadPlan plan)
{
    private readonly ulong[] _arguments = new ulong[3];

    /// <summary>Makes all events.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Run()
    {
        byte[] context = new byte[_arguments.Length * sizeof(ulong)];
        TestRunOptions options = new() { Context = context };
        _arguments[2] = plan.IpVersion;
        Pace pace = new(plan.Rate);
        long start = Stopwatch.GetTimestamp();
        for (long made = 0; made < plan.Events; made += (long)_arguments[1])
        {
            _arguments[0] = (ulong)made + 1;
            _arguments[1] = (ulong)Math.Min(plan.Burst, plan.Events - made);
            MemoryMarshal.AsBytes(_arguments.AsSpan()).CopyTo(context);
            pace.WaitFor(made);
            program.TestRun(options);
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
