// A meadow under a summer sky: fine foliage against a smooth gradient.
#version 3.7;
#include "functions.inc"
#include "rand.inc"
global_settings { assumed_gamma 1.0 }
camera { location <0, 0.72, -3> look_at <0, 1.02, 6> right x*4/3 up y angle 56 }
light_source { <700, 900, 250> rgb <1.9, 1.75, 1.45> parallel point_at 0 }
light_source { <-500, 900, -900> rgb <0.30, 0.36, 0.46> shadowless parallel point_at 0 }

sky_sphere { pigment { gradient y color_map {
  [0 rgb <0.72, 0.80, 0.84>] [0.18 rgb <0.42, 0.62, 0.82>] [0.55 rgb <0.13, 0.33, 0.66>] [1 rgb <0.05, 0.16, 0.44>] } } }
plane { y, 900 hollow no_shadow
  texture {
    pigment { bozo turbulence 0.75 octaves 8 omega 0.58 color_map { [0 rgbt <1, 1, 1, 0>] [0.32 rgbt <0.97, 0.97, 0.98, 0.18>] [0.48 rgbt <0.92, 0.94, 0.97, 0.8>] [0.58 rgbt 1] [1 rgbt 1] } scale <1500, 1, 900> translate <900, 0, 300> }
    finish { ambient 0 diffuse 0 emission 0.95 } } }
fog { fog_type 2 distance 420 rgb <0.66, 0.76, 0.82> fog_offset 0 fog_alt 30 }

#declare Lie = function(x, z) { 0.55*f_noise3d(x*0.10, 0, z*0.10) + 0.08*f_noise3d(x*0.9, 4, z*0.9) }
#declare Far = function(x, z) { max(0, z - 25)*0.045*f_noise3d(x*0.02 + 7, 1, z*0.012) }
#declare Top = function(x, z) { Lie(x, z) + Far(x, z) }
height_field {
  function 500, 500 { Top((x - 0.5)*240, (1 - y)*300 - 6)/30 }
  smooth translate <-0.5, 0, 0> scale <240, 30, 300> translate z*-6
  pigment { granite turbulence 0.3 color_map { [0 rgb <0.045, 0.085, 0.018>] [0.5 rgb <0.11, 0.16, 0.035>] [1 rgb <0.22, 0.24, 0.07>] } scale 4 }
  normal { granite 0.8 scale 0.6 }
  finish { diffuse 0.9 ambient 0 }
}

#declare R = seed(7);
#macro Blade(Lean, Dir)
  #local S = 5; #local W = 0.010;
  #local D = <cos(Dir), 0, sin(Dir)>; #local Q = <-sin(Dir), 0, cos(Dir)>;
  mesh {
    #for (K, 0, S - 1)
      #local F0 = K/S; #local F1 = (K + 1)/S;
      #local C0 = y*F0*(1 - 0.35*Lean*F0) + D*Lean*F0*F0; #local C1 = y*F1*(1 - 0.35*Lean*F1) + D*Lean*F1*F1;
      triangle { C0 - Q*W*(1 - F0*F0), C0 + Q*W*(1 - F0*F0), C1 + Q*W*(1 - F1*F1) }
      #if (K < S - 1) triangle { C0 - Q*W*(1 - F0*F0), C1 + Q*W*(1 - F1*F1), C1 - Q*W*(1 - F1*F1) } #end
    #end
  }
#end
#declare Blades = array[16];
#for (I, 0, 15) #declare Blades[I] = Blade(0.1 + 0.8*rand(R), 2*pi*rand(R)) #end
#declare Tones = array[6];
#declare Tones[0] = texture { pigment { rgb <0.10, 0.19, 0.025> } finish { diffuse 0.95 ambient 0.02 } };
#declare Tones[1] = texture { pigment { rgb <0.16, 0.27, 0.04> } finish { diffuse 0.95 ambient 0.02 } };
#declare Tones[2] = texture { pigment { rgb <0.24, 0.32, 0.06> } finish { diffuse 0.95 ambient 0.02 } };
#declare Tones[3] = texture { pigment { rgb <0.36, 0.34, 0.11> } finish { diffuse 0.95 ambient 0.02 } };
#declare Tones[4] = texture { pigment { rgb <0.07, 0.14, 0.03> } finish { diffuse 0.95 ambient 0.02 } };
#declare Tones[5] = texture { pigment { rgb <0.42, 0.36, 0.20> } finish { diffuse 0.95 ambient 0.02 } };
#for (I, 0, 5199)
  #declare Z = -2.1 + 16*pow(rand(R), 1.7);
  #declare X = (rand(R) - 0.5)*(3.4 + (Z + 3)*1.35);
  object { Blades[mod(I, 16)] scale <1, 0.26 + 0.34*rand(R), 1> rotate y*360*rand(R)
    texture { Tones[floor(rand(R)*5.3)] } translate <X, Top(X, Z) - 0.02, Z> }
#end

#declare Petals = array[3] { rgb <0.88, 0.87, 0.82>, rgb <0.72, 0.045, 0.02>, rgb <0.16, 0.22, 0.68> }
#declare Hearts = array[3] { rgb <0.85, 0.52, 0.03>, rgb <0.05, 0.04, 0.06>, rgb <0.05, 0.04, 0.10> }
#declare Counts = array[3] { 14, 5, 6 }
#declare Widths = array[3] { 0.08, 0.27, 0.17 }
#declare Lifts = array[3] { 18, 44, 20 }
#macro Flower(Kind)
  #local N = Counts[Kind];
  union {
    union {
      #for (I, 0, N - 1)
        sphere { 0, 1 scale <0.36, 0.055, Widths[Kind]> rotate z*Lifts[Kind] translate x*0.40 rotate y*360*I/N }
      #end
      pigment { color Petals[Kind] } finish { diffuse 0.9 ambient 0.03 }
    }
    sphere { y*0.05, 0.17 scale <1, 0.7, 1> pigment { color Hearts[Kind] } finish { ambient 0.02 } }
  }
#end
#declare Flowers = array[3]; #for (I, 0, 2) #declare Flowers[I] = Flower(I) #end
#for (I, 0, 219)
  #declare Z = -1.7 + 15*pow(rand(R), 1.6);
  #declare X = (rand(R) - 0.5)*(2.6 + (Z + 3)*1.3);
  #declare H = 0.34 + 0.34*rand(R);
  #declare K = floor(rand(R)*3);
  union {
    object { Flowers[K] scale 0.056 + 0.022*rand(R) rotate <-24 + 30*rand(R), 360*rand(R), 24*(rand(R) - 0.5)> translate y*H }
    cylinder { 0, y*H, 0.005 pigment { rgb <0.12, 0.20, 0.04> } }
    translate <X, Top(X, Z), Z>
  }
#end

// A row of broad trees far away.
#macro Leafy(S)
  #local Q = seed(S);
  union {
    mesh { #for (I, 0, 2600)
      #local A = 2*pi*rand(Q); #local B = acos(2*rand(Q) - 1); #local L = 0.65 + 0.38*rand(Q);
      #local C = <sin(B)*cos(A)*0.9, cos(B)*0.75 + 1.25, sin(B)*sin(A)*0.9>*<L, 1, L>*(0.92 + 0.16*sin(A*3)*sin(B*4));
      triangle { C, C + <rand(Q) - 0.5, rand(Q) - 0.5, rand(Q) - 0.5>*0.16, C + <rand(Q) - 0.5, rand(Q) - 0.5, rand(Q) - 0.5>*0.16 }
    #end pigment { rgb <0.075, 0.13, 0.03> } finish { diffuse 1 ambient 0.01 } }
    cone { 0, 0.10, y*1.2, 0.05 pigment { rgb <0.10, 0.075, 0.05> } finish { diffuse 0.8 ambient 0 } }
  }
#end
#declare Leafies = array[3]; #for (I, 0, 2) #declare Leafies[I] = Leafy(I + 20) #end
#for (I, 0, 21)
  #declare X = -42 + 80*rand(R); #declare Z = 46 + 22*rand(R);
  object { Leafies[mod(I, 3)] scale (2.2 + 1.9*rand(R)) rotate y*I*50 translate <X, Top(X, Z) - 0.2, Z> }
#end
object { Leafies[0] scale 3.1 translate <-6.6, Top(-6.6, 17) - 0.1, 17> }
