using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>How a member is found in the target.</summary>
public class CoReMemberTests
{
    [Fact]
    public void Resolve_MemberInsideAnonymousOnes_IsFoundAtAnyDepth()
    {
        CoReCase test = Wanted(out uint type);
        uint number = test.Target.Int("int", 4);
        uint union = test.Target.Union("", 8, ("y", number, 0), ("x", number, 32));
        uint inner = test.Target.Struct("", 12, ("z", number, 0), ("", test.Target.Typedef("t", union), 32));
        test.Target.Struct("thing", 16, ("", test.Target.Const(inner), 32));

        Assert.Equal(4UL + 4UL + 4UL, test.Offset(type, "0:0"));
    }

    [Fact]
    public void Resolve_AnonymousMembersWithoutIt_LeaveNoTraceInTheOffset()
    {
        CoReCase test = Wanted(out uint type);
        uint number = test.Target.Int("int", 4);
        uint other = test.Target.Struct("", 4, ("y", number, 0));
        test.Target.Struct("thing", 12, ("", other, 0), ("", other, 32), ("x", number, 64));

        Assert.Equal(8UL, test.Offset(type, "0:0"));
    }

    [Fact]
    public void Resolve_MemberThatIsNamedButNoComposite_IsNotSearched()
    {
        CoReCase test = Wanted(out uint type);
        uint number = test.Target.Int("int", 4);
        test.Target.Struct("thing", 8, ("named", test.Target.Struct("", 4, ("x", number, 0)), 0), ("", number, 32));

        Assert.Null(test.Offset(type, "0:0"));
    }

    [Fact]
    public void Resolve_MemberOfOtherType_EndsTheSearch()
    {
        CoReCase test = Wanted(out uint type);
        uint fitting = test.Target.Struct("", 4, ("x", test.Target.Int("int", 4), 0));
        test.Target.Struct("thing", 12, ("x", test.Target.Pointer(0), 0), ("", fitting, 64));

        Assert.Null(test.Offset(type, "0:0"));
    }

    [Fact]
    public void Resolve_MemberName_IsComparedWithItsFlavour()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4, ("x___old", test.Local.Int("int", 4), 0));
        test.Target.Struct("thing", 4, ("x", test.Target.Int("int", 4), 0));

        Assert.Null(test.Offset(type, "0:0"));
    }

    [Fact]
    public void Resolve_LocalAnonymousMember_NeedsNoneInTheTarget()
    {
        CoReCase test = new();
        uint inner = test.Local.Union("", 4, ("x", test.Local.Int("int", 4), 0));
        uint type = test.Local.Struct("thing", 4, ("", inner, 0));
        uint number = test.Target.Int("int", 4);
        test.Target.Struct("thing", 8, ("y", number, 0), ("x", number, 32));

        Assert.Equal(4UL, test.Offset(type, "0:0:0"));
    }

    [Fact]
    public void Resolve_PathThroughNamedMembers_FollowsEach()
    {
        CoReCase test = new();
        uint inner = test.Local.Struct("inner", 4, ("x", test.Local.Int("int", 4), 0));
        uint type = test.Local.Struct("thing", 4, ("in", inner, 0));
        uint number = test.Target.Int("int", 4);
        uint moved = test.Target.Struct("renamed", 8, ("x", number, 32));
        test.Target.Struct("thing", 16, ("in", moved, 64));

        Assert.Equal(8UL + 4UL, test.Offset(type, "0:0:0"));
    }

    [Fact]
    public void Resolve_AnonymousMembersNestedTooDeep_AreRefused()
    {
        CoReCase test = Wanted(out uint type);
        test.Target.Struct("thing", 4, ("", 1, 0)); // it holds itself

        CoReFault fault = Assert.Throws<CoReFault>(() => test.Offset(type, "0:0"));

        Assert.Contains("64 levels", fault.Message, StringComparison.Ordinal);
    }

    private static CoReCase Wanted(out uint type)
    {
        CoReCase test = new();
        type = test.Local.Struct("thing", 4, ("x", test.Local.Int("int", 4), 0));
        return test;
    }
}
