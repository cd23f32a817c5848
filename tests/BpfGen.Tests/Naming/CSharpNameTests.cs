using BpfGen.Naming;
using Xunit;

namespace BpfGen.Tests.Naming;

public sealed class CSharpNameTests
{
    [Theory]
    [InlineData("filter_min_ns", "FilterMinNs")]
    [InlineData("WAY_TP_BTF", "WayTpBtf")]
    [InlineData("fooBar", "FooBar")]
    [InlineData("tcp_v4_connect", "TcpV4Connect")]
    [InlineData("x", "X")]
    [InlineData("event.address", "EventAddress")] // a type without a name
    [InlineData("exec.bpf", "ExecBpf")] // a file
    [InlineData("_", "_")]
    [InlineData("__1st", "_1st")]
    [InlineData("class", "Class")]
    [InlineData("a$b", "AB")]
    [InlineData("größe", "Größe")]
    public void Pascal_NameOfC_IsValidInCSharp(string name, string expected)
    {
        string actual = CSharpName.Pascal(name);

        Assert.Equal(expected, actual);
        Assert.True(CSharpName.IsValid(actual));
    }

    [Theory]
    [InlineData("outcome", "OUTCOME_ESTABLISHED OUTCOME_RESET", "Established Reset")]
    [InlineData("mode", "NESTED_OFF NESTED_ON", "Off On")] // the prefix is not the enumeration's name
    [InlineData("version", "VERSION_4 VERSION_6", "Version4 Version6")] // a digit cannot begin a name
    [InlineData("kind", "KIND_ KIND_A", "Kind KindA")]
    [InlineData("one", "ALONE", "Alone")]
    [InlineData("sign", "BELOW ABOVE", "Below Above")]
    public void Enumerators_CommonPrefix_IsLeftOut(string enumeration, string names, string expected) =>
        Assert.Equal(expected.Split(' '), CSharpName.Enumerators(enumeration, names.Split(' ')));

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a b")]
    [InlineData("class")]
    [InlineData("a;b")]
    public void IsValid_NoName_IsRefused(string name) => Assert.False(CSharpName.IsValid(name));

    [Fact]
    public void Take_NameThatIsTaken_GetsTheNextNumber()
    {
        NameScope scope = new("Owner");

        Assert.Equal(
            ["Field", "Field2", "Field3", "Owner2", "ToString2"],
            new[] { "Field", "Field", "Field", "Owner", "ToString" }.Select(scope.Take));
    }
}
