using System.Runtime.CompilerServices;
using BpfCore.Specs;

namespace BpfCore.Maps;

/// <summary>Checks that a map is what its user takes it for.</summary>
internal static class MapTypeCheck
{
    public static void ThrowIfOtherSizes<TKey, TValue>(BpfMap map)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        ThrowIfOtherSize<TKey>(map, "keys", map.KeySize);
        ThrowIfOtherSize<TValue>(map, "values", map.ValueSize);
    }

    public static void ThrowIfOtherValueSize<TValue>(BpfMap map)
        where TValue : unmanaged =>
        ThrowIfOtherSize<TValue>(map, "values", map.ValueSize);

    public static void ThrowIfNot(BpfMap map, string what, params ReadOnlySpan<MapType> types)
    {
        if (!types.Contains(map.Type))
        {
            throw new ArgumentException(
                $"map {map.Name} is of type {map.Type}; {what} is {string.Join(" or ", types.ToArray())}", nameof(map));
        }
    }

    public static void ThrowIfPerCpu(BpfMap map)
    {
        if (MapShape.IsPerCpu(map.Type))
        {
            throw new ArgumentException(
                $"map {map.Name} is of type {map.Type} and has a value per CPU, read it as a PerCpuMap", nameof(map));
        }
    }

    public static void ThrowIfNotPerCpu(BpfMap map)
    {
        if (!MapShape.IsPerCpu(map.Type))
        {
            throw new ArgumentException(
                $"map {map.Name} is of type {map.Type} and has one value for all CPUs, read it as a BpfMap",
                nameof(map));
        }
    }

    public static void ThrowIfNoRing(BpfMap map) => ThrowIfOtherType(map, MapType.RingBuffer, "a ring buffer");

    public static void ThrowIfNoUserRing(BpfMap map) =>
        ThrowIfOtherType(map, MapType.UserRingBuffer, "a user ring buffer");

    public static void ThrowIfNoPerfEventArray(BpfMap map, int highestCpu)
    {
        ThrowIfOtherType(map, MapType.PerfEventArray, "a perf buffer");
        if (map.MaxEntries <= (uint)highestCpu)
        {
            throw new ArgumentException(
                $"map {map.Name} has {map.MaxEntries} entries, but CPU {highestCpu} needs {highestCpu + 1}: "
                + "define it without max_entries, so that its size follows the machine",
                nameof(map));
        }
    }

    private static void ThrowIfOtherType(BpfMap map, MapType expected, string user)
    {
        if (map.Type != expected)
        {
            throw new ArgumentException($"map {map.Name} is of type {map.Type}, {user} needs {expected}", nameof(map));
        }
    }

    private static void ThrowIfOtherSize<T>(BpfMap map, string what, int expected)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        if (size != expected)
        {
            throw new ArgumentException(
                $"map {map.Name} has {what} of {expected} bytes, {typeof(T).Name} is {size} bytes", nameof(map));
        }
    }
}
