using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Maps;

public sealed class MapKeyEnumeratorTests
{
    private readonly FakeMapKernel _kernel = new();

    [Fact]
    public void Keys_EmptyMap_EndsAtOnce()
    {
        using BpfMap map = MapBench.Create(_kernel);
        MapKeyEnumerator keys = map.Keys.GetEnumerator();

        Assert.False(keys.IsComplete);
        Assert.False(keys.MoveNext());
        Assert.True(keys.IsComplete);
    }

    [Fact]
    public void Keys_ThreeElements_GivesEachOnce()
    {
        using BpfMap map = Filled(3);

        Assert.Equal([0, 1, 2], Walk(map));
    }

    [Fact]
    public void Keys_CurrentElementDeleted_GoesOnWithTheNext()
    {
        using BpfMap map = Filled(5);
        List<int> seen = [];
        foreach (ReadOnlySpan<byte> key in map.Keys)
        {
            seen.Add(key[0]);
            Assert.True(map.TryDelete(key));
        }

        Assert.Equal([0, 1, 2, 3, 4], seen);
        Assert.Empty(_kernel.Map.Keys);
    }

    [Fact]
    public void Keys_NextElementVanishes_StartsAgainAndStillEnds()
    {
        using BpfMap map = Filled(4);
        int call = 0;
        _kernel.BetweenKeys = fake =>
        {
            if (++call == 3)
            {
                fake.Delete([1, 0, 0, 0]); // handed out already as the key to come
            }
        };

        Assert.Equal([0, 1, 0, 2, 3], Walk(map));
    }

    [Fact]
    public void Keys_MapChangesForEver_StopsAtItsBound()
    {
        using BpfMap map = Filled(1);
        byte[] other = [9, 0, 0, 0];
        _kernel.BetweenKeys = fake =>
        {
            byte[] gone = fake.Keys[0];
            fake.Delete(gone);
            fake.Update(gone[0] == 9 ? [0, 0, 0, 0] : other, new byte[8], 0);
        };
        MapKeyEnumerator keys = map.Keys.GetEnumerator();
        int count = 0;
        while (keys.MoveNext())
        {
            count++;
        }

        Assert.Equal(32, count); // twice the 16 entries
        Assert.False(keys.IsComplete);
    }

    [Fact]
    public void Keys_KernelRefuses_Throws()
    {
        using BpfMap map = Filled(1);
        _kernel.Answer(BpfCore.Syscalls.BpfCommand.MapGetNextKey, -524); // ENOTSUPP: no keys to list

        SyscallException error = Assert.Throws<SyscallException>(() => Walk(map));

        Assert.Equal("ENOTSUPP", error.ErrorName);
    }

    private static List<int> Walk(BpfMap map)
    {
        List<int> seen = [];
        foreach (ReadOnlySpan<byte> key in map.Keys)
        {
            seen.Add(key[0]);
        }

        return seen;
    }

    private BpfMap Filled(int count)
    {
        BpfMap map = MapBench.Create(_kernel, MapType.Hash);
        for (int i = 0; i < count; i++)
        {
            map.Update([(byte)i, 0, 0, 0], new byte[8]);
        }

        return map;
    }
}
