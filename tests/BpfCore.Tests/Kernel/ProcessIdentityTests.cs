using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class ProcessIdentityTests
{
    private const string Fields = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 56789 20 21";

    [Fact]
    public void Current_OwnStat_GivesIdStartAndNamespace()
    {
        using FakeTree tree = new();
        tree.With("proc/self/stat", $"1234 (a) b (c) S {Fields}\n").WithLink("proc/self/ns/pid", "pid:[4026531836]");

        Assert.Equal(new ProcessIdentity(4026531836, 1234, 56789), ProcessIdentity.Current(tree.Files));
    }

    [Theory]
    [InlineData('S', 56789, true)]
    [InlineData('R', 56789, true)]
    [InlineData('Z', 56789, false)] // killed, its parent has not asked for it yet
    [InlineData('S', 11111, false)] // another process has got the id since
    public void IsAlive_ProcessWithThatId_MustBeTheSameOneAndRun(char state, ulong start, bool expected)
    {
        using FakeTree tree = new();
        tree.With("proc/1234/stat", $"1234 (comm) {state} {Fields}\n");

        Assert.Equal(expected, new ProcessIdentity(1, 1234, start).IsAlive(tree.Files));
    }

    [Fact]
    public void IsAlive_NoSuchProcess_IsFalse()
    {
        using FakeTree tree = new();

        Assert.False(new ProcessIdentity(1, 1234, 5).IsAlive(tree.Files));
    }
}
