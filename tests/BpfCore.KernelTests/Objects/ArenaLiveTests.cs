using System.Runtime.InteropServices;
using BpfCore.Maps;
using BpfCore.Objects;
using Xunit;

namespace BpfCore.KernelTests.Objects;

public sealed class ArenaLiveTests : IDisposable
{
    private readonly BpfObject _object;

    public ArenaLiveTests()
    {
        ObjectFixture.RequireArenas();
        _object = BpfObject.Load(ObjectFixture.Read("arena"));
    }

    private BpfArena Arena => _object.Maps["memory"].Arena!;

    public void Dispose() => _object.Dispose();

    [Fact]
    public void Run_ListInAnArena_IsWalked()
    {
        ObjectFixture.Run(_object, "walk");

        Assert.Equal(321UL * 5, _object.Variables["sum"].Get<ulong>());
        Assert.Equal(6UL, _object.Variables["factor"].Get<ulong>());
    }

    [Fact]
    public void Set_VariableInAnArena_IsSeenByTheProgram()
    {
        _object.Variables["factor"].Set(100UL);

        ObjectFixture.Run(_object, "walk");

        Assert.Equal(32100UL, _object.Variables["sum"].Get<ulong>());
    }

    [Fact]
    public void GetSpan_PointersThatTheProgramStored_CanBeFollowed()
    {
        ObjectFixture.Run(_object, "walk");

        List<ulong> values = [];
        ulong address = _object.Variables["first"].Get<Node>().Next;
        while (address != 0)
        {
            Node node = MemoryMarshal.Read<Node>(Arena.GetSpan(address - Arena.Address, 16));
            values.Add(node.Value);
            address = node.Next;
        }

        Assert.Equal([20UL, 300UL], values);
    }

    [Fact]
    public void GetSpan_PastTheEnd_Throws()
    {
        Assert.Equal(100UL * (ulong)Environment.SystemPageSize, Arena.Size);
        Assert.Throws<ArgumentOutOfRangeException>(() => Arena.GetSpan(Arena.Size, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Arena.GetSpan(ulong.MaxValue, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Arena.GetSpan(0, -1));
    }

    [Fact]
    public void GetSpan_AfterDispose_Throws()
    {
        BpfArena arena = Arena;
        _object.Dispose();

        Assert.Throws<ObjectDisposedException>(() => arena.GetSpan(0, 1));
        Assert.Throws<ObjectDisposedException>(() => arena.Address);
    }

    private readonly record struct Node(ulong Next, ulong Value);
}
