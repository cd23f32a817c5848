using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Maps;

public sealed class MapIterationTests
{
    private const uint Entries = 1000;

    [Fact]
    public void Enumeration_OfAMapAtRest_GivesEveryElementOnce()
    {
        using BpfMap map = Filled();
        List<uint> keys = [];
        foreach (KeyValuePair<uint, ulong> entry in new BpfMap<uint, ulong>(map))
        {
            Assert.Equal(entry.Key * 3ul, entry.Value);
            keys.Add(entry.Key);
        }

        Assert.Equal(Enumerable.Range(0, (int)Entries).Select(i => (uint)i), keys.Order());
    }

    [Fact]
    public void Enumeration_DeletingWhatItIsGiven_EmptiesTheMap()
    {
        using BpfMap map = Filled();
        int deleted = 0;
        foreach (ReadOnlySpan<byte> key in map.Keys)
        {
            deleted += map.TryDelete(key) ? 1 : 0;
        }

        Assert.Equal((int)Entries, deleted);
        Assert.False(map.Keys.GetEnumerator().MoveNext());
    }

    [Fact]
    public void Enumeration_WhileAnotherThreadChangesTheMap_Ends()
    {
        using BpfMap map = Filled();
        BpfMap<uint, ulong> typed = new(map);
        using CancellationTokenSource stop = new();
        Thread changer = new(() => Churn(typed, stop.Token));
        changer.Start();
        for (int walk = 0; walk < 50; walk++)
        {
            MapEntryEnumerator<uint, ulong> entries = typed.GetEnumerator();
            int count = 0;
            while (entries.MoveNext())
            {
                Assert.Equal(entries.Current.Key * 3ul, entries.Current.Value);
                count++;
            }

            Assert.InRange(count, 0, 2 * (int)Entries);
        }

        stop.Cancel();
        changer.Join();
    }

    private static void Churn(BpfMap<uint, ulong> map, CancellationToken stop)
    {
        for (uint key = 0; !stop.IsCancellationRequested; key = (key + 1) % Entries)
        {
            map.Remove(key);
            if (key % 2 == 0)
            {
                map[key] = key * 3ul;
            }
        }
    }

    private static BpfMap Filled()
    {
        BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 8, Entries);
        BpfMap<uint, ulong> typed = new(map);
        for (uint key = 0; key < Entries; key++)
        {
            typed[key] = key * 3ul;
        }

        return map;
    }
}
