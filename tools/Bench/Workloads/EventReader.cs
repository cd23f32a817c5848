using System.Runtime.InteropServices;
using BpfCore.Buffers;
using BpfCore.Objects;
using BpfCore.Specs;

namespace Bench.Workloads;

/// <summary>What <c>peer/read.c</c> does, through the library's perf buffer.</summary>
internal static class EventReader
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Reads tcpconnlat's perf buffer and only counts, until SIGTERM. No program is loaded: the events come from
    /// whoever has the map.
    /// </summary>
    /// <param name="objectPath">The object.</param>
    /// <param name="wakeupEvents">Events for each wake-up.</param>
    public static int Run(string objectPath, int wakeupEvents)
    {
        BpfObjectSpec spec = BpfObjectSpec.ReadFile(objectPath);
        foreach (ProgramSpec program in spec.Programs)
        {
            program.AutoLoad = false;
        }

        using BpfObject loaded = BpfObject.Load(spec);
        using PerfBuffer buffer = PerfBuffer.Open(
            loaded.Maps["events"], new PerfBufferOptions { WakeupEvents = wakeupEvents });
        bool isStopped = false;
        using PosixSignalRegistration signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Volatile.Write(ref isStopped, true);
            buffer.Wake();
        });
        Console.WriteLine("ready");
        TimeSpan began = Environment.CpuUsage.TotalTime;
        Counts counts = default;
        while (!Volatile.Read(ref isStopped))
        {
            buffer.Poll(s_longestWait, ref counts);
        }

        buffer.Consume(ref counts);
        TimeSpan cpu = Environment.CpuUsage.TotalTime - began;
        Console.WriteLine($"read {counts.Read} lost {counts.Lost} cpu {cpu.TotalMicroseconds:F0}");
        return 0;
    }

    private struct Counts : IRecordHandler
    {
        public ulong Read { get; private set; }

        public ulong Lost { get; private set; }

        public void OnSample(int source, ReadOnlySpan<byte> data) => Read++;

        public void OnLost(int source, ulong count) => Lost += count;
    }
}
