using BpfCore.Btf;

namespace BpfCore.Tests.CoRe;

/// <summary>Types that tests name in words.</summary>
internal static class NamedTypes
{
    public static uint Add(BtfBuilder types, string name) => name switch
    {
        "void" => 0,
        "int" => types.Int("int", 4, BtfBuilder.Signed),
        "unsigned" => types.Int("unsigned int", 4),
        "long" => types.Int("long", 8, BtfBuilder.Signed),
        "unsigned long" => types.Int("unsigned long", 8),
        "bool" => types.Int("_Bool", 1, BtfBuilder.Boolean),
        "signed char" => types.Int("signed char", 1, BtfBuilder.Signed | BtfBuilder.Character),
        "bitfield integer" => types.Int("int", 4, 0x0003_0000), // bit offset 3
        "tagged int" => types.TypeTag("user", Add(types, "int")),
        "const typedef int" => types.Const(types.Typedef("number", types.Volatile(Add(types, "int")))),
        "float" => types.Float("float", 4),
        "double" => types.Float("double", 8),
        "pointer" => types.Pointer(0),
        "pointer to int" => types.Pointer(Add(types, "int")),
        "pointer to long" => types.Pointer(Add(types, "long")),
        "pointer to struct" => types.Pointer(Add(types, "struct a")),
        "pointer to struct b" => types.Pointer(Add(types, "struct b")),
        "pointer to bigger struct" => types.Pointer(Add(types, "bigger struct a")),
        "pointer to union a" => types.Pointer(Add(types, "union a")),
        "pointer to forward a" => types.Pointer(Add(types, "forward a")),
        "pointer to forward union a" => types.Pointer(types.Forward("a", isUnion: true)),
        "pointer to prototype" => types.Pointer(Add(types, "prototype")),
        "struct a" => types.Struct("a", 4, ("m", Add(types, "int"), 0)),
        "struct a flavour" => types.Struct("a___new", 4, ("m", Add(types, "int"), 0)),
        "bigger struct a" => types.Struct("a", 8, ("n", Add(types, "int"), 0), ("m", Add(types, "int"), 32)),
        "other struct a" => types.Struct("a", 4, ("n", Add(types, "int"), 0)),
        "struct b" => types.Struct("b", 8, ("m", Add(types, "int"), 0)),
        "union" => types.Union("u", 4, ("m", Add(types, "int"), 0)),
        "union a" => types.Union("a", 4, ("m", Add(types, "int"), 0)),
        "enum a" => types.Enum("a", ("ONE", 1)),
        "enum a flavour" => types.Enum("a___new", ("ONE___new", 2), ("TWO", 1)),
        "enum a other" => types.Enum("a", ("TWO", 2)),
        "enum b" => types.Enum("b", ("ONE", 1)),
        "enum anonymous" => types.Enum("", ("ONE", 1)),
        "enum64 a" => types.Enum64("a", ("ONE", 1)),
        "narrow enum64 a" => types.Add("a", BtfKind.Enum64, 4, [types.String("ONE"), 1, 0], count: 1),
        "forward a" => types.Forward("a"),
        "forward b" => types.Forward("b"),
        "forward union a" => types.Forward("a", isUnion: true),
        "array of 2 int" => types.Array(Add(types, "int"), 2),
        "array of 2 long" => types.Array(Add(types, "long"), 2),
        "array of 9 int" => types.Array(Add(types, "int"), 9),
        "array of 9 long" => types.Array(Add(types, "long"), 9),
        "array of pointer" => types.Array(types.Pointer(0), 2),
        "prototype" => types.Prototype(0, Add(types, "int")),
        "prototype of long" => types.Prototype(0, Add(types, "long")),
        "prototype of pointer" => types.Prototype(0, types.Pointer(0)),
        "prototype of two" => types.Prototype(0, Add(types, "int"), Add(types, "int")),
        "prototype giving int" => types.Prototype(Add(types, "int"), Add(types, "int")),
        "prototype giving pointer" => types.Prototype(types.Pointer(0), Add(types, "int")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such type"),
    };
}
