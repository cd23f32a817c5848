using Mono.Cecil;
using Xunit;

namespace BpfCore.Tests.Architecture;

public sealed class LayeringTests
{
    private const string Library = "BpfCore";

    private static readonly ModuleDefinition s_module =
        ModuleDefinition.ReadModule(typeof(BpfException).Assembly.Location);

    [Fact]
    public void Folder_UsesOnlyWhatTheTableAllows()
    {
        string[] faults =
        [
            .. Uses().Where(use => !LayerTable.Allows(LayerOf(use.User), LayerOf(use.Used)))
                .Select(Describe).Distinct().Order(StringComparer.Ordinal),
        ];

        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    // Proves that the reader of assemblies sees through signatures and instructions at all.
    [Theory]
    [InlineData("Linking", "CoRe")]
    [InlineData("Specs", "Elf")]
    [InlineData("Btf", "")]
    [InlineData("Kernel", "Syscalls")]
    public void Uses_OfFoldersThatNeedEachOther_AreSeen(string user, string used) =>
        Assert.Contains((user, used), Uses().Select(use => (LayerOf(use.User), LayerOf(use.Used))));

    [Fact]
    public void Folder_IsInTheTable() =>
        Assert.Empty(s_module.Types.Where(IsOurs).Select(LayerOf).Distinct().Except(LayerTable.Allowed.Keys));

    // A row for a folder that is gone, or whose name is misspelt, would allow nothing and check nothing.
    [Fact]
    public void Table_NamesOnlyFoldersThatExist() =>
        Assert.Empty(LayerTable.Allowed.Keys.Except(s_module.Types.Where(IsOurs).Select(LayerOf)));

    [Fact]
    public void Syscalls_AloneNamesLibc()
    {
        string[] users =
        [
            .. s_module.GetTypes().Where(type => TypeReferences.Of(type).Any(IsLibc)).Select(LayerOf).Distinct(),
        ];

        Assert.Equal(["Syscalls"], users);
    }

    // The tool and all other users have the public API alone: internals are shown to tests only.
    [Fact]
    public void Internals_AreVisibleToTestsAndMeasurementsOnly()
    {
        string[] friends =
        [
            .. s_module.Assembly.CustomAttributes
                .Where(attribute => attribute.AttributeType.Name == "InternalsVisibleToAttribute")
                .Select(attribute => (string)attribute.ConstructorArguments[0].Value),
        ];

        Assert.NotEmpty(friends);
        Assert.All(friends, friend => Assert.Matches("(Tests|bench)$", friend));
    }

    [Fact]
    public void Classes_AreSealedUnlessTheyAreMadeToBeDerivedFrom()
    {
        HashSet<string?> bases = [.. s_module.GetTypes().Select(type => type.BaseType?.Resolve()?.FullName)];

        Assert.Empty(s_module.GetTypes()
            .Where(type => type is { IsClass: true, IsValueType: false, IsSealed: false, IsAbstract: false })
            .Where(type => IsOurs(Outermost(type)) && !bases.Contains(type.FullName))
            .Select(type => type.FullName));
    }

    private static IEnumerable<(TypeReference User, TypeReference Used)> Uses() =>
        from type in s_module.GetTypes()
        where IsOurs(Outermost(type))
        from used in TypeReferences.Of(type)
        where IsOurs(Outermost(used))
        select ((TypeReference)type, used);

    private static string Describe((TypeReference User, TypeReference Used) use) =>
        $"{LayerOf(use.User)} uses {LayerOf(use.Used)}: {use.User.FullName} names {use.Used.FullName}";

    private static bool IsLibc(TypeReference type) =>
        type.Scope.Name == "Tmds.LibC" || Outermost(type).Namespace == "Tmds.Linux";

    private static bool IsOurs(TypeReference type) =>
        type.Namespace == Library || type.Namespace.StartsWith(Library + ".", StringComparison.Ordinal);

    // Folders inside a layer (Specs/Reading, Syscalls/Abi) belong to it.
    private static string LayerOf(TypeReference type)
    {
        string[] parts = Outermost(type).Namespace.Split('.');
        return parts.Length > 1 ? parts[1] : LayerTable.Root;
    }

    private static TypeReference Outermost(TypeReference type) =>
        type.DeclaringType is null ? type : Outermost(type.DeclaringType);
}
