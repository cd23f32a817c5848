using System.Buffers.Binary;
using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Maps;

namespace BpfCore.Buffers;

/// <summary>
/// Opens the rings of all online CPUs and puts them into a map; takes them out and releases them again.
/// </summary>
internal static class PerfBufferOpener
{
    public static CpuRing[] Open(BpfMap map, PerfBufferOptions options, CpuSet online)
    {
        MapTypeCheck.ThrowIfNoPerfEventArray(map, online.Highest);
        byte[] scratch = new byte[PerfRing.ScratchSize];
        List<CpuRing> rings = new(online.Count);
        try
        {
            foreach (int cpu in online.Ids)
            {
                OpenInto(rings, map, cpu, options, scratch);
            }

            return [.. rings];
        }
        catch
        {
            Release(map, rings);
            throw;
        }
    }

    public static void Release(BpfMap map, IEnumerable<CpuRing> rings)
    {
        foreach (CpuRing ring in rings)
        {
            // The map keeps a reference of its own to the event, which would live as long as the map.
            map.TryClearDescriptor(Key(ring.Reader.Cpu));
            ring.Dispose();
        }
    }

    private static void OpenInto(
        List<CpuRing> rings, BpfMap map, int cpu, PerfBufferOptions options, byte[] scratch)
    {
        CpuRing? ring = CpuRing.Open(map.Calls, cpu, options, scratch);
        if (ring is null)
        {
            map.Calls.Observer?.OnFallback(new FallbackTaken(
                $"perf ring of CPU {cpu}", "open", "skip", "ENODEV: the CPU went offline"));
            return;
        }

        rings.Add(ring); // from here on released with the others
        map.SetDescriptor(Key(cpu), ring.Handle);
    }

    private static byte[] Key(int cpu)
    {
        byte[] key = new byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32LittleEndian(key, cpu);
        return key;
    }
}
