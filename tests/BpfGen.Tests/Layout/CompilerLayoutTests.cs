using System.Runtime.CompilerServices;
using System.Text;
using BpfGen.Tests.Fixtures;
using Xunit;

namespace BpfGen.Tests.Layout;

/// <summary>Every field of the generated structures lies where the C compiler puts it.</summary>
public sealed class CompilerLayoutTests
{
    private readonly StringBuilder _claims = new("#include \"shapes.bpf.c\"\n");
    private int _count;

    [Fact]
    public void Structs_SizesAndOffsets_AreThoseOfTheCompiler()
    {
        ClaimSizes();
        ClaimEverything();
        ClaimOthers();
        Assert.Equal(47, _count);

        using TemporaryFolder folder = new();
        string source = folder.PathOf("claims.c");
        File.WriteAllText(source, _claims.ToString());
        Command.Expect(
            folder.Path, "clang-14", "-target", "bpf", "-fsyntax-only", "-I", Checkout.Fixture(""), source);
    }

    private void ClaimSizes()
    {
        Size<ShapesBpf.Point>("struct point");
        Size<ShapesBpf.Bits>("struct bits");
        Size<ShapesBpf.Packed>("struct packed");
        Size<ShapesBpf.Everything>("struct everything");
        Size<ShapesBpf.Choice>("union choice");
        Size<ShapesBpf.Class>("struct class");
        Size<ShapesBpf.Event>("struct event");
        Size<ShapesBpf.PrefixT>("prefix_t");
        Size<ShapesBpf.Colour>("enum colour");
        Size<ShapesBpf.UintArray3Array2>("u32[2][3]");
        Size<ShapesBpf.CharArray16>("char[16]");
    }

    private void ClaimEverything()
    {
        ShapesBpf.Everything all = default;
        Offset(ref all, ref all.Yes, "everything", "yes");
        Offset(ref all, ref all.Letter, "everything", "letter");
        Offset(ref all, ref all.Tiny, "everything", "tiny");
        Offset(ref all, ref all.Byte, "everything", "byte");
        Offset(ref all, ref all.Half, "everything", "half");
        Offset(ref all, ref all.Word, "everything", "word");
        Offset(ref all, ref all.Wide, "everything", "wide");
        Offset(ref all, ref all.Huge, "everything", "huge");
        Offset(ref all, ref all.Real, "everything", "real");
        Offset(ref all, ref all.Precise, "everything", "precise");
        Offset(ref all, ref all.Colour, "everything", "colour");
        Offset(ref all, ref all.Sign, "everything", "sign");
        Offset(ref all, ref all.Pointer, "everything", "pointer");
        Offset(ref all, ref all.Function, "everything", "function");
        Offset(ref all, ref all.At, "everything", "at");
        Offset(ref all, ref all.Corners[1].Y, "everything", "corners[1].y");
        Offset(ref all, ref all.Matrix[1][2], "everything", "matrix[1][2]");
        Offset(ref all, ref all.Name, "everything", "name");
        Offset(ref all, ref all.Number, "everything", "number");
        Offset(ref all, ref all.Raw, "everything", "raw");
        Offset(ref all, ref all.First, "everything", "first");
        Offset(ref all, ref all.Second, "everything", "second");
        Offset(ref all, ref all.Nested.Inner, "everything", "nested.inner");
        Offset(ref all, ref all.Mode, "everything", "mode");
    }

    private void ClaimOthers()
    {
        ShapesBpf.Packed packed = default;
        Offset(ref packed, ref packed.Tag, "packed", "tag");
        Offset(ref packed, ref packed.Number, "packed", "number");
        Offset(ref packed, ref packed.Tail, "packed", "tail");
        ShapesBpf.Class odd = default;
        Offset(ref odd, ref odd.Class2, "class", "class");
        Offset(ref odd, ref odd.Class3, "class", "Class");
        Offset(ref odd, ref odd.ToString2, "class", "ToString");
        Offset(ref odd, ref odd._, "class", "_");
        Offset(ref odd, ref odd._1st, "class", "__1st");
        Offset(ref odd, ref odd.AB, "class", "a$b");
        ShapesBpf.Event sent = default;
        Offset(ref sent, ref sent.When, "event", "when");
        Offset(ref sent, ref sent.Bits, "event", "bits");
        Offset(ref sent, ref sent.Name, "event", "name");
    }

    private void Size<T>(string type)
        where T : unmanaged =>
        Claim($"sizeof({type}) == {Unsafe.SizeOf<T>()}");

    private void Offset<TOwner, TField>(ref TOwner owner, ref TField field, string type, string name)
    {
        nint offset = Unsafe.ByteOffset(ref Unsafe.As<TOwner, byte>(ref owner), ref Unsafe.As<TField, byte>(ref field));
        Claim($"__builtin_offsetof(struct {type}, {name}) == {offset}");
    }

    private void Claim(string claim)
    {
        _claims.Append($"_Static_assert({claim}, \"{claim}\");\n");
        _count++;
    }
}
