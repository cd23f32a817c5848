using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Maps;

public sealed class TypedMapTests
{
    private readonly FakeMapKernel _kernel = new();

    [Fact]
    public void Indexer_SetThenGet_ReturnsTheValue()
    {
        using BpfMap map = MapBench.Create(_kernel);
        BpfMap<uint, ulong> typed = new(map) { [0x0403_0201] = 0x1122_3344_5566_7788 };

        Assert.Equal(0x1122_3344_5566_7788ul, typed[0x0403_0201]);
        Assert.Equal([1, 2, 3, 4], Assert.Single(_kernel.Map.Keys));
    }

    [Fact]
    public void Indexer_NoSuchElement_NamesTheMap()
    {
        using BpfMap map = MapBench.Create(_kernel);
        BpfMap<uint, ulong> typed = new(map);

        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => typed[7]);

        Assert.Contains("map start", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryAddAndRemove_TellWhetherTheyDidSomething()
    {
        using BpfMap map = MapBench.Create(_kernel);
        BpfMap<uint, ulong> typed = new(map);

        Assert.True(typed.TryAdd(7, 1));
        Assert.False(typed.TryAdd(7, 2));
        Assert.True(typed.TryGetValue(7, out ulong value));
        Assert.Equal(1ul, value);
        Assert.True(typed.Remove(7));
        Assert.False(typed.Remove(7));
        Assert.False(typed.TryGetValue(7, out _));
    }

    [Fact]
    public void Enumeration_ElementVanishesBeforeItsValueIsRead_IsLeftOut()
    {
        using BpfMap map = MapBench.Create(_kernel);
        BpfMap<uint, ulong> typed = new(map) { [1] = 10, [2] = 20, [3] = 30 };
        int call = 0;
        _kernel.BetweenKeys = fake =>
        {
            if (++call == 4)
            {
                fake.Delete([3, 0, 0, 0]); // the last key, when what follows it is asked for
            }
        };
        List<KeyValuePair<uint, ulong>> seen = [];
        foreach (KeyValuePair<uint, ulong> entry in typed)
        {
            seen.Add(entry);
        }

        Assert.Equal([new(1, 10), new(2, 20), new(1, 10), new(2, 20)], seen);
    }

    [Fact]
    public void Constructor_OtherSizes_NamesBoth()
    {
        using BpfMap map = MapBench.Create(_kernel);

        Assert.StartsWith(
            "map start has keys of 4 bytes, UInt64 is 8 bytes",
            Assert.Throws<ArgumentException>(() => new BpfMap<ulong, ulong>(map)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "map start has values of 8 bytes, Byte is 1 bytes",
            Assert.Throws<ArgumentException>(() => new BpfMap<uint, byte>(map)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_PerCpuMapAndOther_AreNotMixedUp()
    {
        using BpfMap perCpu = MapBench.Create(_kernel, MapType.PerCpuHash);
        using BpfMap plain = MapBench.Create(new FakeMapKernel());

        Assert.Throws<ArgumentException>(() => new BpfMap<uint, ulong>(perCpu));
        Assert.Throws<ArgumentException>(() => new PerCpuMap<uint, ulong>(plain));
    }

    [Fact]
    public void PerCpuMap_SetThenGet_KeepsOneValuePerPossibleCpu()
    {
        using BpfMap map = MapBench.Create(_kernel, MapType.PerCpuHash, valueSize: 12);
        PerCpuMap<uint, Sums> typed = new(map);
        Sums[] values = [new(1, 2, 3), new(4, 5, 6), new(7, 8, 9)];
        typed.SetValues(5, values);
        Sums[] read = new Sums[typed.CpuCount];

        Assert.True(typed.TryGetValues(5, read));

        Assert.Equal(values, read);
        byte[] stored = _kernel.Map.ValueOf([5, 0, 0, 0]);
        Assert.Equal(48, stored.Length);
        Assert.Equal(4, stored[16]); // the slots are 16 bytes apart
        Assert.False(typed.TryGetValues(6, read));
    }

    [Fact]
    public void PerCpuMap_OtherNumberOfValues_IsRefused()
    {
        using BpfMap map = MapBench.Create(_kernel, MapType.PerCpuHash);
        PerCpuMap<uint, ulong> typed = new(map);

        ArgumentException error = Assert.Throws<ArgumentException>(() => typed.TryGetValues(5, new ulong[2]));

        Assert.StartsWith("map start holds 3 values per element, not 2", error.Message, StringComparison.Ordinal);
    }

    private readonly record struct Sums(uint A, uint B, uint C);
}
