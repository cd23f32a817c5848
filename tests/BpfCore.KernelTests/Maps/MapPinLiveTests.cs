using BpfCore.KernelTests.Objects;
using BpfCore.Maps;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Maps;

public sealed class MapPinLiveTests : IDisposable
{
    private readonly BpfFileSystemMount _pins = new();

    public void Dispose() => _pins.Dispose();

    [Fact]
    public void Pin_MapClosedAndOpenedAgain_HasKeptItsElements()
    {
        string path = _pins["deep/er/counts"];
        using (BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 8, 10))
        {
            new BpfMap<uint, ulong>(map)[7] = 70;
            map.Pin(path);
        }

        using (BpfMap map = BpfMap.OpenPinned(path))
        {
            Assert.Equal(70ul, new BpfMap<uint, ulong>(map)[7]);
            Assert.Equal((MapType.Hash, 4u, 8u, 10u), Shape(map.GetInfo()));
        }

        Assert.True(BpfMap.Unpin(path));
        Assert.False(BpfMap.Unpin(path));
        Assert.Throws<FileNotFoundException>(() => BpfMap.OpenPinned(path));
        Assert.False(BpfMap.TryOpenPinned(path, out _));
    }

    [Fact]
    public void Pin_PathThatIsTaken_SaysSo()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Array, 4, 4, 1);
        map.Pin(_pins["taken"]);

        SyscallException e = Assert.Throws<SyscallException>(() => map.Pin(_pins["taken"]));

        Assert.Equal("EEXIST", e.ErrorName);
        Assert.Contains("something is pinned there already", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pin_PathOutsideOfABpfFileSystem_SaysWhereOneIs()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Array, 4, 4, 1);

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => map.Pin("/proc/self/counts"));

        Assert.Contains("no BPF file system", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenPinned_PinOfAProgram_SaysWhatItIs()
    {
        ObjectFixture.RequireSyscallPrograms();
        using BpfObject loaded = BpfObject.Load(LiveObject.ReadFile("run.bpf.o"));
        loaded.Programs["add"].Pin(_pins["add"]);

        ArgumentException e = Assert.Throws<ArgumentException>(() => BpfMap.OpenPinned(_pins["add"]));

        Assert.Contains("bpf-prog", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MapPinnedByName_IsTheSameMapForEachLoad()
    {
        BpfLoadOptions options = new() { PinRoot = _pins["app"] };
        using (BpfObject first = BpfObject.Load(ByName(), options))
        {
            new BpfMap<uint, ulong>(first.Maps["counts"])[1] = 11;
        }

        using BpfObject second = BpfObject.Load(ByName(), options);

        Assert.Equal("counts", second.Maps["counts"].Name);
        Assert.Equal(11ul, new BpfMap<uint, ulong>(second.Maps["counts"])[1]);
        Assert.Equal(["counts"], Directory.GetFiles(_pins["app"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Load_OtherMapPinnedByTheSameName_NamesEachDifference()
    {
        Directory.CreateDirectory(_pins["app"]);
        using (BpfMap other = MapTestKernel.Create(MapType.LruHash, 4, 16, 4))
        {
            other.Pin(_pins["app/counts"]);
        }

        BpfMapMismatchException e = Assert.Throws<BpfMapMismatchException>(
            () => BpfObject.Load(ByName(), new BpfLoadOptions { PinRoot = _pins["app"] }));

        Assert.Equal(["type LruHash, expected Hash", "value size 16, expected 8"], e.Differences);
        Assert.Contains(_pins["app/counts"], e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PinRootOutsideOfABpfFileSystem_SaysHowToMountOne()
    {
        string root = Path.Join(Path.GetTempPath(), "no-bpf-file-system");

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => BpfObject.Load(ByName(), new BpfLoadOptions { PinRoot = root }));

        Assert.Contains("counts", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(root));
    }

    private static BpfObjectSpec ByName()
    {
        BpfObjectSpec spec = LiveObject.Read();
        spec.Maps["counts"].Pinning = 1;
        return spec;
    }

    private static (MapType Type, uint Key, uint Value, uint Entries) Shape(MapInfo info) =>
        (info.Type, info.KeySize, info.ValueSize, info.MaxEntries);
}
