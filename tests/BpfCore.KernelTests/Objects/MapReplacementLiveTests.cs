using BpfCore.Links;
using BpfCore.Maps;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Objects;

public sealed class MapReplacementLiveTests
{
    [Fact]
    public void Load_MapsOfAnotherObject_AreSharedWithIt()
    {
        LiveKernel.RequireTracing();
        using BpfObject owner = LiveObject.Load();
        owner.Variables["raw_hits"].Set(100ul);
        owner.Maps["counts"].Update(BitConverter.GetBytes(Environment.ProcessId), BitConverter.GetBytes(1000ul));

        using (BpfObject guest = Load(owner, ".bss", "counts"))
        using (BpfLink.Attach(guest.Programs["on_raw"]))
        {
            LiveObject.Trigger(times: 3);
            Assert.Equal(103ul, guest.Variables["raw_hits"].Get<ulong>());
        }

        Assert.Equal(103ul, owner.Variables["raw_hits"].Get<ulong>());
        byte[] count = new byte[sizeof(ulong)];
        Assert.True(owner.Maps["counts"].TryLookup(BitConverter.GetBytes(Environment.ProcessId), count));
        Assert.Equal(1003ul, BitConverter.ToUInt64(count));
    }

    [Fact]
    public void Load_MapOfAnotherKind_NamesEachDifference()
    {
        using BpfMap other = BpfMap.Create(
            new MapSpec("other", MapType.Hash) { KeySize = 4, ValueSize = 16, MaxEntries = 4 });

        BpfMapMismatchException e = Assert.Throws<BpfMapMismatchException>(() => BpfObject.Load(
            LiveObject.Read(), new BpfLoadOptions { MapReplacements = Replacing("counts", other) }));

        Assert.Equal(["value size 16, expected 8"], e.Differences);
        Assert.Null(e.Path);
    }

    [Fact]
    public void Load_NameThatTheObjectLacks_IsRefused()
    {
        using BpfMap other = BpfMap.Create(
            new MapSpec("other", MapType.Hash) { KeySize = 4, ValueSize = 8, MaxEntries = 4 });

        ArgumentException e = Assert.Throws<ArgumentException>(() => BpfObject.Load(
            LiveObject.Read(), new BpfLoadOptions { MapReplacements = Replacing("amounts", other) }));

        Assert.Contains("'amounts'", e.Message, StringComparison.Ordinal);
    }

    private static BpfObject Load(BpfObject owner, params string[] shared) => BpfObject.Load(
        LiveObject.Read(),
        new BpfLoadOptions { MapReplacements = shared.ToDictionary(name => name, name => owner.Maps[name]) });

    private static Dictionary<string, BpfMap> Replacing(string name, BpfMap map) => new() { [name] = map };
}
