using System.Runtime.InteropServices;
using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Maps;

public sealed class MapBatchLiveTests
{
    private const uint Entries = 3000;

    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.LruHash)]
    [InlineData(MapType.Array)]
    public void Batches_SmallerThanTheMap_GiveEveryElementOnce(MapType type)
    {
        using BpfMap map = Filled(type);
        Dictionary<uint, ulong> read = [];
        foreach (MapBatch batch in map.Batches(size: 7)) // less than buckets may hold, so it has to grow
        {
            for (int i = 0; i < batch.Count; i++)
            {
                read.Add(MemoryMarshal.Read<uint>(batch.Key(i)), MemoryMarshal.Read<ulong>(batch.Value(i)));
            }
        }

        Assert.Equal((int)Entries, read.Count);
        Assert.All(read, static entry => Assert.Equal(entry.Key * 3ul, entry.Value));
    }

    [Fact]
    public void Batches_OneBucketWithMoreThanFits_GrowUntilItDoes()
    {
        // 64 entries in as many buckets: some bucket holds several, and a batch of one has no room for it.
        using BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 8, 64);
        BpfMap<uint, ulong> typed = new(map);
        for (uint key = 0; key < 64; key++)
        {
            typed[key] = key;
        }

        int count = 0;
        foreach (MapBatch batch in map.Batches(size: 1))
        {
            count += batch.Count;
        }

        Assert.Equal(64, count);
    }

    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.LpmTrie)] // cannot be taken from in batches: element by element
    public void Drain_GivesAllElementsAndLeavesNone(MapType type)
    {
        using BpfMap map = MapTestKernel.Create(Spec(type, 8, 8, 300));
        BpfMap<ulong, ulong> typed = new(map);
        for (ulong key = 0; key < 300; key++)
        {
            typed[(key << 32) | 32] = key; // for a trie: 32 bits of prefix, then the address
        }

        KeyValuePair<ulong, ulong>[] drained = typed.Drain();

        Assert.Equal(Enumerable.Range(0, 300).Select(static i => (ulong)i), drained.Select(e => e.Value).Order());
        Assert.Empty(typed.ToArray());
    }

    [Fact]
    public void Drain_WhileAnotherThreadAdds_LosesNothingAndGivesNothingTwice()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 8, 100_000);
        BpfMap<uint, ulong> typed = new(map);
        Thread adder = new(() =>
        {
            for (uint key = 0; key < 50_000; key++)
            {
                typed[key] = key;
            }
        });
        adder.Start();
        List<uint> keys = [];
        while (adder.IsAlive)
        {
            keys.AddRange(typed.Drain().Select(static entry => entry.Key));
        }

        keys.AddRange(typed.Drain().Select(static entry => entry.Key));
        Assert.Equal(Enumerable.Range(0, 50_000).Select(static i => (uint)i), keys.Order());
    }

    [Fact]
    public void Batches_OfAQueueThatIsEmptied_GiveItsValuesInOrder()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Queue, 0, 4, 10);
        QueueMap<uint> queue = new(map);
        Assert.All(Enumerable.Range(0, 10), i => Assert.True(queue.TryPush((uint)i)));
        List<uint> read = [];
        foreach (MapBatch batch in map.Batches(MapBatchMode.Remove, size: 4))
        {
            read.AddRange(MemoryMarshal.Cast<byte, uint>(batch.Values));
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(static i => (uint)i), read);
    }

    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.LpmTrie)]
    public void UpdateBatch_ThenRemoveBatch_PassesOverKeysThatAreNotThere(MapType type)
    {
        using BpfMap map = MapTestKernel.Create(Spec(type, 8, 8, 64));
        BpfMap<ulong, ulong> typed = new(map);
        ulong[] keys = [.. Enumerable.Range(0, 64).Select(static i => ((ulong)i << 32) | 32)];
        typed.UpdateBatch(keys, keys);
        Assert.Equal(keys, typed.ToArray().Select(static entry => entry.Key).Order());
        Assert.True(typed.Remove(keys[10]) && typed.Remove(keys[11]) && typed.Remove(keys[63]));

        Assert.Equal(61, typed.RemoveBatch(keys));

        Assert.Empty(typed.ToArray());
    }

    [Fact]
    public void UpdateBatch_WithAMode_RefusesTheElementThatExistsAndNamesIt()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 4, 8);
        BpfMap<uint, uint> typed = new(map) { [3] = 0 };

        SyscallException e = Assert.Throws<SyscallException>(
            () => typed.UpdateBatch([1, 2, 3, 4], [1, 2, 3, 4], MapUpdateMode.NoExist));

        Assert.Equal(("EEXIST", "map test: element 2 of the batch"), (e.ErrorName, e.Subject));
        Assert.Equal([1u, 2u, 3u], typed.ToArray().Select(static entry => entry.Key).Order());
    }

    [Fact]
    public void UpdateBatch_IntoAMapThatIsTooSmall_NamesTheElement()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 4, 2);

        SyscallException e = Assert.Throws<SyscallException>(
            () => new BpfMap<uint, uint>(map).UpdateBatch([1, 2, 3], [1, 2, 3]));

        Assert.Equal(("E2BIG", "map test: element 2 of the batch"), (e.ErrorName, e.Subject));
    }

    [Fact]
    public void Batches_OfAPerCpuMap_GiveTheValuesOfAllCpus()
    {
        using BpfMap map = MapTestKernel.Create(MapType.PerCpuHash, 4, 8, 16);
        PerCpuMap<uint, ulong> typed = new(map);
        ulong[] values = [.. Enumerable.Range(1, typed.CpuCount).Select(static i => (ulong)i)];
        typed.SetValues(5, values);
        List<ulong> read = [];
        foreach (MapBatch batch in map.Batches())
        {
            read.AddRange(MemoryMarshal.Cast<byte, ulong>(batch.Values));
        }

        Assert.Equal(values, read);
        Assert.Equal([5u], typed.GetKeys());
        Assert.True(typed.Remove(5));
    }

    private static BpfMap Filled(MapType type)
    {
        BpfMap map = MapTestKernel.Create(type, 4, 8, type == MapType.LruHash ? 2 * Entries : Entries);
        uint[] keys = [.. Enumerable.Range(0, (int)Entries).Select(static i => (uint)i)];
        new BpfMap<uint, ulong>(map).UpdateBatch(keys, [.. keys.Select(static key => key * 3ul)]);
        return map;
    }

    private static MapSpec Spec(MapType type, uint keySize, uint valueSize, uint maxEntries)
    {
        MapSpec spec = MapTestKernel.Spec(type, keySize, valueSize, maxEntries);
        spec.Flags = type == MapType.LpmTrie ? 1u : 0; // BPF_F_NO_PREALLOC
        return spec;
    }
}
